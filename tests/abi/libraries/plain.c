/* A shared library like any other: no adapter. */
__attribute__((visibility("default"))) int half(int number);
int half(int number) { return number / 2; }
