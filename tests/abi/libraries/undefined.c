/* Needs a function that nobody has. */
extern int function_that_nobody_has(void);
__attribute__((visibility("default"))) int use_it(void);
int use_it(void) { return function_that_nobody_has(); }
