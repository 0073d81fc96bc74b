// The same as C++11: the header must mean the same to both, and needs nothing before it in either.
#include "test_header.c"
