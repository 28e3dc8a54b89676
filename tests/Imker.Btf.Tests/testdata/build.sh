#!/bin/sh
# Makes the fixtures anew, with clang 14 and llc 19 (whose BTF has 64-bit enums).
set -e
cd "$(dirname "$0")"
for order in el eb; do
  clang -target bpf$order -mcpu=v3 -g -O2 -Wno-everything -emit-llvm -fdebug-compilation-dir=. -c types.c -o types.bc
  llc-19 -march=bpf$order -mcpu=v3 -filetype=obj types.bc -o types.o
  llvm-objcopy --dump-section .BTF=types.$order.btf --dump-section .BTF.ext=types.$order.btf.ext types.o
  rm types.bc types.o
done
bpftool btf dump file types.el.btf > types.dump.txt
