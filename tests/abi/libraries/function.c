/* Exports a function where the table should be. */
__attribute__((visibility("default"))) int causeway_adapter(void);
int causeway_adapter(void) { return 1; }
