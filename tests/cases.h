/* What every test file of cmocka includes, in the order that cmocka asks for. */
#ifndef HOPTLS_TESTS_CASES_H
#define HOPTLS_TESTS_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
