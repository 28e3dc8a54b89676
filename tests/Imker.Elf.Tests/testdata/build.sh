#!/bin/sh
# Makes the fixtures anew, with clang 14, lld 14 and binutils.
set -e
cd "$(dirname "$0")"

build() { # name, target, linker flags…
  name=$1 target=$2
  shift 2
  clang --target=$target -O1 -fPIC -ffreestanding -fno-asynchronous-unwind-tables -c functions.c -o functions.o
  ld.lld -shared --build-id=0x0123456789abcdef "$@" functions.o -o functions.$name.so
  readelf -W --syms --dyn-syms functions.$name.so > functions.$name.symbols.txt
  rm functions.o
}

build x86-64 x86_64-linux-gnu --hash-style=gnu --version-script=versions.map
build i386 i386-linux-gnu --hash-style=both
build ppc powerpc-linux-gnu --hash-style=sysv
build ppc64 powerpc64-linux-gnu --hash-style=gnu

# As the dynamic loader sees it: neither section headers nor .symtab.
llvm-objcopy --strip-sections functions.x86-64.so functions.no-sections.so
llvm-objcopy --strip-sections functions.ppc.so functions.ppc.no-sections.so

printf 'debug information' > functions.debug
llvm-objcopy --strip-all functions.x86-64.so functions.linked.so
objcopy --add-gnu-debuglink=functions.debug functions.linked.so
rm functions.debug
