/* Ends the process as soon as it is loaded: shows that a library was refused before any of it ran. */
#include <stdlib.h>

__attribute__((constructor)) static void end_process(void) { abort(); }

#ifndef MAJOR
#define MAJOR 2
#endif
#include "variant.c"
