#!/bin/sh
# Builds every fuzz target, as OSS-Fuzz would have it: $SRC/hoptls is the source (default: the tree around this script),
# $OUT takes the targets, their seeds, options and the dictionary; $CC $CFLAGS $LIB_FUZZING_ENGINE say how. Where $CXX is
# set, it links, with $CXXFLAGS: an engine that is a library may want its own.
#
#   libFuzzer (default)   fuzz/build.sh
#   AFL++                 CC=afl-clang-fast CFLAGS="-g -O2" fuzz/build.sh
#   replay, one file      LIB_FUZZING_ENGINE=replay fuzz/build.sh; $OUT/fuzz_hop FILE...  or  < FILE
#
# TARGETS="hop names" builds these alone.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
top=${SRC:+$SRC/hoptls}
test -n "$top" && test -d "$top" || top=$(dirname -- "$here")
OUT=${OUT:-$top/build/fuzz}
CC=${CC:-clang}
CFLAGS=${CFLAGS:--g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -fsanitize=fuzzer-no-link}
LIB_FUZZING_ENGINE=${LIB_FUZZING_ENGINE:--fsanitize=fuzzer}
if [ -n "${CXX:-}" ]; then link="$CXX ${CXXFLAGS:-$CFLAGS}"; else link="$CC $CFLAGS"; fi

fuzz=$top/fuzz
test -z "${WORK:-}" || mkdir -p "$WORK"
work=$(mktemp -d -p "${WORK:-${TMPDIR:-/tmp}}")
trap 'rm -rf "$work"' EXIT
mkdir -p "$OUT"

# libc's own functions are wanted, beside C11.
flags="-std=c11 -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700 -I$top/core -iquote $top/tools"
drivers=mutate
case $LIB_FUZZING_ENGINE in
replay) # checks all relations of every input
    engine=
    drivers=replay ;;
*)
    engine=$LIB_FUZZING_ENGINE
    flags="$flags -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION" ;;
esac
case $CC in *afl*) drivers= ;; esac # AFL++ has mutators of its own, and the dictionary

# objects FOLDER FLAGS FILE...: compiles the files, several at once. Flags are words, meant to be split.
objects() {
    folder=$work/$1
    more=$2
    shift 2
    mkdir "$folder"
    for file in "$@"; do
        printf '%s\n' "$file"
    done | FOLDER=$folder ALL="$CC $CFLAGS $flags $more" xargs -P "$(nproc)" -n 1 sh -c \
        '$ALL -c "$1" -o "$FOLDER/$(basename "$1" .c).o"' sh
}

# wanted NAME: whether this target is to be built.
wanted() {
    case " ${TARGETS:-$1} " in *" $1 "*) ;; *) return 1 ;; esac
}

# The command's readers need four libraries, which come into the target: where it runs, there may be none. A build for the
# memory sanitizer cannot hold them, since they are not built for it.
has_libraries() {
    case $CFLAGS in *-fsanitize=memory*) return 1 ;; esac
    printf '#include <ini.h>\n#include <libpsl.h>\n#include <archive.h>\n#include <zlib.h>\n' | $CC -E - >/dev/null 2>&1
}

# is_static NAME: whether there is a lib$NAME.a.
is_static() {
    [ -f "$($CC -print-file-name="lib$1.a")" ]
}

# Into the target if everything that they need in turn can come in too.
libraries() {
    if is_static inih && is_static psl && is_static idn2 && is_static unistring; then
        printf '%s' "-Wl,-Bstatic -linih -lpsl -lidn2 -lunistring -Wl,-Bdynamic"
    else
        printf '%s' "-linih -lpsl"
    fi
}

# sources FIRST LAST: the command's files that meson.build names from the line that has FIRST to the one that has LAST.
sources() {
    sed -n "/$1/,/$2/p" "$fuzz/meson.build" | grep -o 'tools/[a-z0-9_]*\.c' | sed "s|^|$top/|"
}

objects plain "" "$top"/core/*.c
if wanted linear; then
    objects counted -DHOPTLS_COUNT_WORK "$top"/core/*.c
fi
objects shared "" "$fuzz"/oracle.c "$fuzz"/alike.c "$fuzz"/reference.c ${drivers:+"$fuzz/$drivers.c"}
if wanted levels; then
    levels=
    objects portable -DHOPTLS_PORTABLE "$top"/core/*.c
    ar rcs "$work/portable.a" "$work"/portable/*.o
    "$fuzz/prefix" portable_ "$work/portable.a" "$work/portable.o"
    if [ "$(uname -m)" = x86_64 ]; then
        levels=-DHOPTLS_FUZZ_WIDE
        objects wide -mavx2 "$top"/core/*.c
        ar rcs "$work/wide.a" "$work"/wide/*.o
        "$fuzz/prefix" wide_ "$work/wide.a" "$work/wide.o"
    fi
fi
if { wanted profile || wanted counts || wanted archive; } && has_libraries; then
    # shellcheck disable=SC2046
    objects tools "" $(sources "fuzz_command =" include_directories)
    objects command "" "$fuzz/command.c"
    ar rcs "$work/tools.a" "$work"/tools/*.o "$work"/command/*.o
fi


# Of libgsf and what it needs in turn not all can come into a target: where it runs, they must be.
has_gsf() {
    case $CFLAGS in *-fsanitize=memory*) return 1 ;; esac
    pkg-config --exists libgsf-1 2>/dev/null
}

# Which targets, and what each is compiled with.
names=
usual=
for file in "$fuzz"/fuzz_*.c; do
    name=$(basename "$file" .c)
    name=${name#fuzz_}
    wanted "$name" || continue
    case $name in
    profile | counts | archive)
        test -f "$work/tools.a" || { echo "no fuzz_$name: libpsl, inih, libarchive, zlib or a build for them is missing" >&2; continue; } ;;
    outlook)
        has_gsf || { echo "no fuzz_$name: libgsf or a build for it is missing" >&2; continue; } ;;
    esac
    names="$names $name"
    # shellcheck disable=SC2046
    case $name in
    levels) objects levels "$levels" "$file" ;;
    archive) objects archive -DSCAN_ROOM=8192 "$file" $(sources "'archive':" c_args) ;;
    walk) objects walk -DWALK_ROOM=1024 "$file" "$top/tools/walk.c" "$top/tools/files.c" ;;
    outlook) objects outlook "-DOUTLOOK_ROOM=1024 $(pkg-config --cflags libgsf-1)" "$file" "$top/tools/outlook.c" "$fuzz/command.c" ;;
    *) usual="$usual $file" ;;
    esac
done
if [ -n "$usual" ]; then
    # shellcheck disable=SC2086
    objects targets "" $usual
fi

"$fuzz/seeds" "$top/corpus" "$work/seeds"
for name in $names; do
    target=fuzz_$name
    core=$work/plain
    beside=
    own=$work/targets/$target.o
    shared="$work/shared/oracle.o $work/shared/alike.o $work/shared/reference.o"
    length=4096
    mutator=${drivers:+$work/shared/$drivers.o}
    case $name in
    linear) core=$work/counted; length=512 ;;
    client) length=64 ;;
    dialects) length=256 ;;
    walk) own=$(ls "$work"/walk/*.o); length=384 ;;
    date | host | names) length=256 ;;
    levels) own=$work/levels/$target.o; beside=$(ls "$work"/portable.o "$work"/wide.o 2>/dev/null || true) ;;
    archive) own=$(ls "$work"/archive/*.o); length=32768; beside="$work/tools.a -larchive -lz" ;;
    profile | counts) beside="$work/tools.a $(libraries)" ;;
    outlook) own=$(ls "$work"/outlook/*.o); beside=$(pkg-config --libs libgsf-1) ;;
    esac
    case $name:$drivers in
    client:mutate | dialects:mutate | linear:mutate | names:mutate | profile:mutate | counts:mutate | outlook:mutate | walk:mutate) mutator= ;; # their inputs are no mail
    esac
    # shellcheck disable=SC2086
    $link $own $shared $mutator "$core"/*.o $beside $engine -o "$OUT/$target"
    (cd "$work/seeds/$name" && rm -f "$OUT/${target}_seed_corpus.zip" && zip -q -r "$OUT/${target}_seed_corpus.zip" .)
    printf '[libfuzzer]\nmax_len = %s\ndict = hoptls.dict\n' "$length" >"$OUT/$target.options"
done
"$fuzz/dict" >"$OUT/hoptls.dict"
