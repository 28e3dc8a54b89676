#!/bin/bash
# Compiles the kernel's own verifier tests, asks the running kernel about each program, and compares with Imker.Verifier.
# Usage: eng/verifier-corpus.sh [DIRECTORY]   needs root, clang-19, bpftool, python3 and Debian's package linux-source-6.12
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}
source=$work/linux-source-6.12
mkdir -p "$work/objects" "$work/include/bpf"
if [ ! -d "$source" ]; then
    tar -xJf /usr/src/linux-source-6.12.tar.xz -C "$work" --wildcards \
        'linux-source-6.12/tools/testing/selftests/bpf/*' 'linux-source-6.12/tools/include/*' 'linux-source-6.12/tools/lib/bpf/*' \
        linux-source-6.12/scripts/bpf_doc.py linux-source-6.12/include/uapi/linux/bpf.h
fi
bpftool btf dump file /sys/kernel/btf/vmlinux format c > "$work/include/vmlinux.h"
cp "$source"/tools/lib/bpf/*.h "$work/include/bpf/"
python3 "$source/scripts/bpf_doc.py" --header --file "$source/include/uapi/linux/bpf.h" > "$work/include/bpf/bpf_helper_defs.h"
tests=$source/tools/testing/selftests/bpf
for file in "$tests"/progs/verifier_*.c; do
    clang-19 -g -O2 -mcpu=v4 -target bpf -D__TARGET_ARCH_x86 -DENABLE_ATOMICS_TESTS -std=gnu11 -fno-strict-aliasing -w \
        -I"$work/include" -I"$tests" -I"$tests/progs" -I"$source/tools/include/uapi" -I/usr/include/x86_64-linux-gnu \
        -c "$file" -o "$work/objects/$(basename "$file" .c).o"
done
dotnet build -c Release -v q -clp:NoSummary eng/Imker.VerifierCorpus
tool=eng/Imker.VerifierCorpus/bin/Release/net10.0/Imker.VerifierCorpus
"$tool" kernel "$work"/objects/*.o > "$work/kernel.tsv"
"$tool" compare "$work/kernel.tsv" "$work"/objects/*.o
