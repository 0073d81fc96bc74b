/* The sandbox of a build without one: of another system than Linux, or with sanitizers, which need what it denies. */
#include "sandbox.h"

int sandbox_enter(const struct sandbox_paths *paths)
{
    (void)paths;
    return 0;
}
