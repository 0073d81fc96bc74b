#!/bin/sh
# Builds every fuzz target, as OSS-Fuzz would have it: $SRC/hoptls is the source (default: the tree around this script),
# $OUT takes the targets, their seeds, options and the dictionary; $CC $CFLAGS $LIB_FUZZING_ENGINE say how.
#
#   libFuzzer (default)   fuzz/build.sh
#   AFL++                 CC=afl-clang-fast CFLAGS="-g -O2" LIB_FUZZING_ENGINE=-fsanitize=fuzzer fuzz/build.sh
#   replay, one file      LIB_FUZZING_ENGINE=replay fuzz/build.sh; $OUT/fuzz_hop FILE...  or  < FILE
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
top=${SRC:+$SRC/hoptls}
test -n "$top" && test -d "$top" || top=$(dirname -- "$here")
OUT=${OUT:-$top/build/fuzz}
CC=${CC:-clang}
CFLAGS=${CFLAGS:--g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -fsanitize=fuzzer-no-link}
LIB_FUZZING_ENGINE=${LIB_FUZZING_ENGINE:--fsanitize=fuzzer}

fuzz=$top/fuzz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$OUT"

flags="-std=c11 -D_DEFAULT_SOURCE -I$top/core"
case $LIB_FUZZING_ENGINE in
replay) # checks all relations of every input
    engine=
    extra=$fuzz/replay.c ;;
*)
    engine=$LIB_FUZZING_ENGINE
    flags="$flags -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION"
    extra=$fuzz/mutate.c ;;
esac
case $CC in *afl*) extra= ;; esac # AFL++ has mutators of its own, and the dictionary

# The core, as it is, and with its work counted. Flags are words, meant to be split.
# shellcheck disable=SC2086
core() {
    mkdir "$work/$1"
    for file in "$top"/core/*.c; do
        $CC $CFLAGS $flags $2 -c "$file" -o "$work/$1/$(basename "$file" .c).o"
    done
}
core plain ""
core counted -DHOPTLS_COUNT_WORK

"$fuzz/seeds" "$top/corpus" "$work/seeds"
for file in "$fuzz"/fuzz_*.c; do
    target=$(basename "$file" .c)
    name=${target#fuzz_}
    objects=$work/plain
    mutator=$extra
    length=4096
    case $name in
    linear) objects=$work/counted; length=512 ;;
    client) length=64 ;;
    esac
    case $name:$LIB_FUZZING_ENGINE in
    *:replay) ;;
    client:*|linear:*) mutator= ;; # their inputs are no mail
    esac
    # shellcheck disable=SC2086
    $CC $CFLAGS $flags "$file" "$fuzz/oracle.c" "$fuzz/alike.c" $mutator "$objects"/*.o $engine -o "$OUT/$target"
    (cd "$work/seeds/$name" && rm -f "$OUT/${target}_seed_corpus.zip" && zip -q -r "$OUT/${target}_seed_corpus.zip" .)
    printf '[libfuzzer]\nmax_len = %s\ndict = hoptls.dict\n' "$length" > "$OUT/$target.options"
done
cp "$fuzz/hoptls.dict" "$OUT/hoptls.dict"
