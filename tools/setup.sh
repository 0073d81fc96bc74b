# What tools/run and tools/test share: finding the tree, installing what is missing. Sourced, never run.

# fail MESSAGE...: end, with the status that means that the call could not be carried out.
fail() {
    printf 'hoptls: %s\n' "$*" >&2
    exit 2
}

# as_root COMMAND...
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 1
    fi
}

# quietly LOG COMMAND...: output goes into LOG, and to standard error only if the command fails.
quietly() {
    log=$1
    shift
    if ! "$@" >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        return 1
    fi
}

has_library() {
    pkg-config --exists "$1" 2>/dev/null
}

# A compiler without the headers of the C library is no compiler.
can_compile() {
    command -v "$1" >/dev/null 2>&1 || return 1
    printf '#include <stdlib.h>\n' | "$1" -x c -E - >/dev/null 2>&1
}

# The sanitizers of clang are a package of their own.
can_sanitize() {
    sanitized=$(mktemp)
    printf 'int main(void) { return 0; }\n' | clang -fsanitize=address,undefined -x c -o "$sanitized" - 2>/dev/null &&
        found=0 || found=1
    rm -f "$sanitized"
    return "$found"
}

# Where no process may trace another, as in some containers, the address sanitizer cannot look for leaks and must
# be told not to try.
allow_for_leak_search() {
    probe=$(mktemp)
    printf 'int main(void) { return 0; }\n' | clang -fsanitize=address -x c -o "$probe" - &&
        "$probe" >/dev/null 2>&1 || export ASAN_OPTIONS=detect_leaks=0
    rm -f "$probe"
}

# install PACKAGE...: Debian packages, from the network. Two that install at the same time take turns.
install() {
    [ $# -eq 0 ] && return 0
    command -v apt-get >/dev/null 2>&1 || fail "please install what the Debian packages $* hold"
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1 || fail "please install, as root: apt-get install $*"
    printf 'hoptls: installing %s\n' "$*" >&2
    apt_log=$(mktemp)
    (
        flock 9
        quietly "$apt_log" as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q || true
        quietly "$apt_log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 \
            install -y -q --no-install-recommends "$@"
    ) 9>"${TMPDIR:-/tmp}/hoptls-install.$(id -u).lock" || fail "cannot install $*"
    rm -f "$apt_log"
}

# What the command needs, in the variable `missing`.
look_for_build_tools() {
    missing=
    command -v meson >/dev/null 2>&1 || missing="$missing meson"
    command -v ninja >/dev/null 2>&1 || missing="$missing ninja-build"
    command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
    can_compile cc || missing="$missing gcc libc6-dev"
    has_library libpsl || missing="$missing libpsl-dev"
    has_library inih || missing="$missing libinih-dev"
    has_library libarchive || missing="$missing libarchive-dev"
    has_library zlib || missing="$missing zlib1g-dev"
    has_library sqlite3 || missing="$missing libsqlite3-dev"
    has_library nettle || missing="$missing nettle-dev"
    has_library libgsf-1 || missing="$missing libgsf-1-dev"
    has_library libseccomp || missing="$missing libseccomp-dev"
}

# What the tests need beside that.
look_for_test_tools() {
    command -v python3 >/dev/null 2>&1 || missing="$missing python3"
    can_compile gcc || missing="$missing gcc libc6-dev"
    can_compile g++ || missing="$missing g++"
    can_compile clang || missing="$missing clang"
    can_sanitize || missing="$missing libclang-rt-dev"
    has_library cmocka || missing="$missing libcmocka-dev"
}
