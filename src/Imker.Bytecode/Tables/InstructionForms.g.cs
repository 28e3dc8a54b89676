// Generated from eng/tables/instructions.tsv by eng/Imker.TableGenerator; edit the table, not this file.
using System.Collections.Immutable;

namespace Imker.Bytecode;

public static partial class InstructionForms
{
    private static ImmutableArray<InstructionForm> Rows(byte opcode) => opcode switch
    {
        0x07 =>
        [
            new(0x07, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} += {imm}"),
        ],
        0x0f =>
        [
            new(0x0f, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} += {rs}"),
        ],
        0x17 =>
        [
            new(0x17, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} -= {imm}"),
        ],
        0x1f =>
        [
            new(0x1f, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} -= {rs}"),
        ],
        0x27 =>
        [
            new(0x27, 0, 0, 0, ConformanceGroup.DivMul64, new Version(3, 18), "{rd} *= {imm}"),
        ],
        0x2f =>
        [
            new(0x2f, 0, 0, 0, ConformanceGroup.DivMul64, new Version(3, 18), "{rd} *= {rs}"),
        ],
        0x37 =>
        [
            new(0x37, 0, 0, 0, ConformanceGroup.DivMul64, new Version(3, 18), "{rd} /= {imm}"),
            new(0x37, 0, 1, 0, ConformanceGroup.DivMul64, new Version(6, 6), "{rd} s/= {imm}"),
        ],
        0x3f =>
        [
            new(0x3f, 0, 0, 0, ConformanceGroup.DivMul64, new Version(3, 18), "{rd} /= {rs}"),
            new(0x3f, 0, 1, 0, ConformanceGroup.DivMul64, new Version(6, 6), "{rd} s/= {rs}"),
        ],
        0x47 =>
        [
            new(0x47, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} |= {imm}"),
        ],
        0x4f =>
        [
            new(0x4f, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} |= {rs}"),
        ],
        0x57 =>
        [
            new(0x57, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} &= {imm}"),
        ],
        0x5f =>
        [
            new(0x5f, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} &= {rs}"),
        ],
        0x67 =>
        [
            new(0x67, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} <<= {imm}"),
        ],
        0x6f =>
        [
            new(0x6f, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} <<= {rs}"),
        ],
        0x77 =>
        [
            new(0x77, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} >>= {imm}"),
        ],
        0x7f =>
        [
            new(0x7f, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} >>= {rs}"),
        ],
        0x97 =>
        [
            new(0x97, 0, 0, 0, ConformanceGroup.DivMul64, new Version(3, 18), "{rd} %= {imm}"),
            new(0x97, 0, 1, 0, ConformanceGroup.DivMul64, new Version(6, 6), "{rd} s%= {imm}"),
        ],
        0x9f =>
        [
            new(0x9f, 0, 0, 0, ConformanceGroup.DivMul64, new Version(3, 18), "{rd} %= {rs}"),
            new(0x9f, 0, 1, 0, ConformanceGroup.DivMul64, new Version(6, 6), "{rd} s%= {rs}"),
        ],
        0xa7 =>
        [
            new(0xa7, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} ^= {imm}"),
        ],
        0xaf =>
        [
            new(0xaf, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} ^= {rs}"),
        ],
        0xc7 =>
        [
            new(0xc7, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} s>>= {imm}"),
        ],
        0xcf =>
        [
            new(0xcf, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} s>>= {rs}"),
        ],
        0x87 =>
        [
            new(0x87, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = -{rd}"),
        ],
        0xb7 =>
        [
            new(0xb7, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = {imm}"),
        ],
        0xbf =>
        [
            new(0xbf, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = {rs}"),
            new(0xbf, 0, 8, 0, ConformanceGroup.Base64, new Version(6, 6), "{rd} = (s8){rs}"),
            new(0xbf, 0, 16, 0, ConformanceGroup.Base64, new Version(6, 6), "{rd} = (s16){rs}"),
            new(0xbf, 0, 32, 0, ConformanceGroup.Base64, new Version(6, 6), "{rd} = (s32){rs}"),
            new(0xbf, 0, 1, 0, ConformanceGroup.Extension, new Version(6, 9), "{rd} = addr_space_cast({rs}, {to}, {from})"),
            new(0xbf, 0, -1, 0, ConformanceGroup.Extension, null, "{rd} = &(void __percpu *)({rs})"),
        ],
        0x04 =>
        [
            new(0x04, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} += {imm}"),
        ],
        0x0c =>
        [
            new(0x0c, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} += {ws}"),
        ],
        0x14 =>
        [
            new(0x14, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} -= {imm}"),
        ],
        0x1c =>
        [
            new(0x1c, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} -= {ws}"),
        ],
        0x24 =>
        [
            new(0x24, 0, 0, 0, ConformanceGroup.DivMul32, new Version(3, 18), "{wd} *= {imm}"),
        ],
        0x2c =>
        [
            new(0x2c, 0, 0, 0, ConformanceGroup.DivMul32, new Version(3, 18), "{wd} *= {ws}"),
        ],
        0x34 =>
        [
            new(0x34, 0, 0, 0, ConformanceGroup.DivMul32, new Version(3, 18), "{wd} /= {imm}"),
            new(0x34, 0, 1, 0, ConformanceGroup.DivMul32, new Version(6, 6), "{wd} s/= {imm}"),
        ],
        0x3c =>
        [
            new(0x3c, 0, 0, 0, ConformanceGroup.DivMul32, new Version(3, 18), "{wd} /= {ws}"),
            new(0x3c, 0, 1, 0, ConformanceGroup.DivMul32, new Version(6, 6), "{wd} s/= {ws}"),
        ],
        0x44 =>
        [
            new(0x44, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} |= {imm}"),
        ],
        0x4c =>
        [
            new(0x4c, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} |= {ws}"),
        ],
        0x54 =>
        [
            new(0x54, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} &= {imm}"),
        ],
        0x5c =>
        [
            new(0x5c, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} &= {ws}"),
        ],
        0x64 =>
        [
            new(0x64, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} <<= {imm}"),
        ],
        0x6c =>
        [
            new(0x6c, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} <<= {ws}"),
        ],
        0x74 =>
        [
            new(0x74, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} >>= {imm}"),
        ],
        0x7c =>
        [
            new(0x7c, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} >>= {ws}"),
        ],
        0x94 =>
        [
            new(0x94, 0, 0, 0, ConformanceGroup.DivMul32, new Version(3, 18), "{wd} %= {imm}"),
            new(0x94, 0, 1, 0, ConformanceGroup.DivMul32, new Version(6, 6), "{wd} s%= {imm}"),
        ],
        0x9c =>
        [
            new(0x9c, 0, 0, 0, ConformanceGroup.DivMul32, new Version(3, 18), "{wd} %= {ws}"),
            new(0x9c, 0, 1, 0, ConformanceGroup.DivMul32, new Version(6, 6), "{wd} s%= {ws}"),
        ],
        0xa4 =>
        [
            new(0xa4, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} ^= {imm}"),
        ],
        0xac =>
        [
            new(0xac, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} ^= {ws}"),
        ],
        0xc4 =>
        [
            new(0xc4, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} s>>= {imm}"),
        ],
        0xcc =>
        [
            new(0xcc, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} s>>= {ws}"),
        ],
        0x84 =>
        [
            new(0x84, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} = -{wd}"),
        ],
        0xb4 =>
        [
            new(0xb4, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} = {imm}"),
        ],
        0xbc =>
        [
            new(0xbc, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{wd} = {ws}"),
            new(0xbc, 0, 8, 0, ConformanceGroup.Base32, new Version(6, 6), "{wd} = (s8){ws}"),
            new(0xbc, 0, 16, 0, ConformanceGroup.Base32, new Version(6, 6), "{wd} = (s16){ws}"),
        ],
        0xd4 =>
        [
            new(0xd4, 0, 0, 16, ConformanceGroup.Base32, new Version(3, 18), "{rd} = le16 {rd}"),
            new(0xd4, 0, 0, 32, ConformanceGroup.Base32, new Version(3, 18), "{rd} = le32 {rd}"),
            new(0xd4, 0, 0, 64, ConformanceGroup.Base64, new Version(3, 18), "{rd} = le64 {rd}"),
        ],
        0xdc =>
        [
            new(0xdc, 0, 0, 16, ConformanceGroup.Base32, new Version(3, 18), "{rd} = be16 {rd}"),
            new(0xdc, 0, 0, 32, ConformanceGroup.Base32, new Version(3, 18), "{rd} = be32 {rd}"),
            new(0xdc, 0, 0, 64, ConformanceGroup.Base64, new Version(3, 18), "{rd} = be64 {rd}"),
        ],
        0xd7 =>
        [
            new(0xd7, 0, 0, 16, ConformanceGroup.Base64, new Version(6, 6), "{rd} = bswap16 {rd}"),
            new(0xd7, 0, 0, 32, ConformanceGroup.Base64, new Version(6, 6), "{rd} = bswap32 {rd}"),
            new(0xd7, 0, 0, 64, ConformanceGroup.Base64, new Version(6, 6), "{rd} = bswap64 {rd}"),
        ],
        0x71 =>
        [
            new(0x71, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{rd} = *(u8 *)({rs} {off})"),
        ],
        0x69 =>
        [
            new(0x69, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{rd} = *(u16 *)({rs} {off})"),
        ],
        0x61 =>
        [
            new(0x61, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "{rd} = *(u32 *)({rs} {off})"),
        ],
        0x79 =>
        [
            new(0x79, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = *(u64 *)({rs} {off})"),
        ],
        0x91 =>
        [
            new(0x91, 0, 0, 0, ConformanceGroup.Base64, new Version(6, 6), "{rd} = *(s8 *)({rs} {off})"),
        ],
        0x89 =>
        [
            new(0x89, 0, 0, 0, ConformanceGroup.Base64, new Version(6, 6), "{rd} = *(s16 *)({rs} {off})"),
        ],
        0x81 =>
        [
            new(0x81, 0, 0, 0, ConformanceGroup.Base64, new Version(6, 6), "{rd} = *(s32 *)({rs} {off})"),
        ],
        0x72 =>
        [
            new(0x72, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "*(u8 *)({rd} {off}) = {imm}"),
        ],
        0x6a =>
        [
            new(0x6a, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "*(u16 *)({rd} {off}) = {imm}"),
        ],
        0x62 =>
        [
            new(0x62, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "*(u32 *)({rd} {off}) = {imm}"),
        ],
        0x7a =>
        [
            new(0x7a, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "*(u64 *)({rd} {off}) = {imm}"),
        ],
        0x73 =>
        [
            new(0x73, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "*(u8 *)({rd} {off}) = {rs}"),
        ],
        0x6b =>
        [
            new(0x6b, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "*(u16 *)({rd} {off}) = {rs}"),
        ],
        0x63 =>
        [
            new(0x63, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "*(u32 *)({rd} {off}) = {rs}"),
        ],
        0x7b =>
        [
            new(0x7b, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "*(u64 *)({rd} {off}) = {rs}"),
        ],
        0xc3 =>
        [
            new(0xc3, 0, 0, 0x00, ConformanceGroup.Atomic32, new Version(3, 18), "lock *(u32 *)({rd} {off}) += {rs}"),
            new(0xc3, 0, 0, 0x40, ConformanceGroup.Atomic32, new Version(5, 12), "lock *(u32 *)({rd} {off}) |= {rs}"),
            new(0xc3, 0, 0, 0x50, ConformanceGroup.Atomic32, new Version(5, 12), "lock *(u32 *)({rd} {off}) &= {rs}"),
            new(0xc3, 0, 0, 0xa0, ConformanceGroup.Atomic32, new Version(5, 12), "lock *(u32 *)({rd} {off}) ^= {rs}"),
            new(0xc3, 0, 0, 0x01, ConformanceGroup.Atomic32, new Version(5, 12), "{rs} = atomic_fetch_add((u32 *)({rd} {off}), {rs})"),
            new(0xc3, 0, 0, 0x41, ConformanceGroup.Atomic32, new Version(5, 12), "{rs} = atomic_fetch_or((u32 *)({rd} {off}), {rs})"),
            new(0xc3, 0, 0, 0x51, ConformanceGroup.Atomic32, new Version(5, 12), "{rs} = atomic_fetch_and((u32 *)({rd} {off}), {rs})"),
            new(0xc3, 0, 0, 0xa1, ConformanceGroup.Atomic32, new Version(5, 12), "{rs} = atomic_fetch_xor((u32 *)({rd} {off}), {rs})"),
            new(0xc3, 0, 0, 0xe1, ConformanceGroup.Atomic32, new Version(5, 12), "{rs} = atomic_xchg((u32 *)({rd} {off}), {rs})"),
            new(0xc3, 0, 0, 0xf1, ConformanceGroup.Atomic32, new Version(5, 12), "r0 = atomic_cmpxchg((u32 *)({rd} {off}), r0, {rs})"),
            new(0xc3, 0, 0, 0x100, ConformanceGroup.Extension, new Version(6, 15), "{rd} = load_acquire((u32 *)({rs} {off}))"),
            new(0xc3, 0, 0, 0x110, ConformanceGroup.Extension, new Version(6, 15), "store_release((u32 *)({rd} {off}), {rs})"),
        ],
        0xdb =>
        [
            new(0xdb, 0, 0, 0x00, ConformanceGroup.Atomic64, new Version(3, 18), "lock *(u64 *)({rd} {off}) += {rs}"),
            new(0xdb, 0, 0, 0x40, ConformanceGroup.Atomic64, new Version(5, 12), "lock *(u64 *)({rd} {off}) |= {rs}"),
            new(0xdb, 0, 0, 0x50, ConformanceGroup.Atomic64, new Version(5, 12), "lock *(u64 *)({rd} {off}) &= {rs}"),
            new(0xdb, 0, 0, 0xa0, ConformanceGroup.Atomic64, new Version(5, 12), "lock *(u64 *)({rd} {off}) ^= {rs}"),
            new(0xdb, 0, 0, 0x01, ConformanceGroup.Atomic64, new Version(5, 12), "{rs} = atomic64_fetch_add((u64 *)({rd} {off}), {rs})"),
            new(0xdb, 0, 0, 0x41, ConformanceGroup.Atomic64, new Version(5, 12), "{rs} = atomic64_fetch_or((u64 *)({rd} {off}), {rs})"),
            new(0xdb, 0, 0, 0x51, ConformanceGroup.Atomic64, new Version(5, 12), "{rs} = atomic64_fetch_and((u64 *)({rd} {off}), {rs})"),
            new(0xdb, 0, 0, 0xa1, ConformanceGroup.Atomic64, new Version(5, 12), "{rs} = atomic64_fetch_xor((u64 *)({rd} {off}), {rs})"),
            new(0xdb, 0, 0, 0xe1, ConformanceGroup.Atomic64, new Version(5, 12), "{rs} = atomic64_xchg((u64 *)({rd} {off}), {rs})"),
            new(0xdb, 0, 0, 0xf1, ConformanceGroup.Atomic64, new Version(5, 12), "r0 = atomic64_cmpxchg((u64 *)({rd} {off}), r0, {rs})"),
            new(0xdb, 0, 0, 0x100, ConformanceGroup.Extension, new Version(6, 15), "{rd} = load_acquire((u64 *)({rs} {off}))"),
            new(0xdb, 0, 0, 0x110, ConformanceGroup.Extension, new Version(6, 15), "store_release((u64 *)({rd} {off}), {rs})"),
        ],
        0xd3 =>
        [
            new(0xd3, 0, 0, 0x100, ConformanceGroup.Extension, new Version(6, 15), "{rd} = load_acquire((u8 *)({rs} {off}))"),
            new(0xd3, 0, 0, 0x110, ConformanceGroup.Extension, new Version(6, 15), "store_release((u8 *)({rd} {off}), {rs})"),
        ],
        0xcb =>
        [
            new(0xcb, 0, 0, 0x100, ConformanceGroup.Extension, new Version(6, 15), "{rd} = load_acquire((u16 *)({rs} {off}))"),
            new(0xcb, 0, 0, 0x110, ConformanceGroup.Extension, new Version(6, 15), "store_release((u16 *)({rd} {off}), {rs})"),
        ],
        0x18 =>
        [
            new(0x18, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = {wide} ll"),
            new(0x18, 1, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = map[fd:{low}]"),
            new(0x18, 1, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = map[{map}]"),
            new(0x18, 2, 0, 0, ConformanceGroup.Base64, new Version(5, 2), "{rd} = map[fd:{low}][0]{high}"),
            new(0x18, 2, 0, 0, ConformanceGroup.Base64, new Version(5, 2), "{rd} = map[{value}][0]{place}"),
            new(0x18, 3, 0, 0, ConformanceGroup.Base64, new Version(5, 10), "{rd} = btf[id:{low} fd:{fd}]"),
            new(0x18, 3, 0, 0, ConformanceGroup.Base64, new Version(5, 10), "{rd} = ksym[{symbol}]"),
            new(0x18, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "{rd} = kallsyms[{symbol}]"),
            new(0x18, 4, 0, 0, ConformanceGroup.Base64, new Version(5, 13), "{rd} = subprog[{step}]"),
            new(0x18, 4, 0, 0, ConformanceGroup.Base64, new Version(5, 13), "{rd} = subprog[{function}]"),
            new(0x18, 5, 0, 0, ConformanceGroup.Base64, new Version(5, 14), "{rd} = map[idx:{low}]"),
            new(0x18, 6, 0, 0, ConformanceGroup.Base64, new Version(5, 14), "{rd} = map[idx:{low}][0]{high}"),
        ],
        0x05 =>
        [
            new(0x05, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "goto {target}"),
        ],
        0x06 =>
        [
            new(0x06, 0, 0, 0, ConformanceGroup.Base32, new Version(6, 6), "gotol {fartarget}"),
        ],
        0xe5 =>
        [
            new(0xe5, 0, 0, 0, ConformanceGroup.Extension, new Version(6, 9), "may_goto {target}"),
        ],
        0x15 =>
        [
            new(0x15, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} == {hex} goto {target}"),
        ],
        0x1d =>
        [
            new(0x1d, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} == {rs} goto {target}"),
        ],
        0x25 =>
        [
            new(0x25, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} > {hex} goto {target}"),
        ],
        0x2d =>
        [
            new(0x2d, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} > {rs} goto {target}"),
        ],
        0x35 =>
        [
            new(0x35, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} >= {hex} goto {target}"),
        ],
        0x3d =>
        [
            new(0x3d, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} >= {rs} goto {target}"),
        ],
        0x45 =>
        [
            new(0x45, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} & {hex} goto {target}"),
        ],
        0x4d =>
        [
            new(0x4d, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} & {rs} goto {target}"),
        ],
        0x55 =>
        [
            new(0x55, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} != {hex} goto {target}"),
        ],
        0x5d =>
        [
            new(0x5d, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} != {rs} goto {target}"),
        ],
        0x65 =>
        [
            new(0x65, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} s> {hex} goto {target}"),
        ],
        0x6d =>
        [
            new(0x6d, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} s> {rs} goto {target}"),
        ],
        0x75 =>
        [
            new(0x75, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} s>= {hex} goto {target}"),
        ],
        0x7d =>
        [
            new(0x7d, 0, 0, 0, ConformanceGroup.Base64, new Version(3, 18), "if {rd} s>= {rs} goto {target}"),
        ],
        0xa5 =>
        [
            new(0xa5, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} < {hex} goto {target}"),
        ],
        0xad =>
        [
            new(0xad, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} < {rs} goto {target}"),
        ],
        0xb5 =>
        [
            new(0xb5, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} <= {hex} goto {target}"),
        ],
        0xbd =>
        [
            new(0xbd, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} <= {rs} goto {target}"),
        ],
        0xc5 =>
        [
            new(0xc5, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} s< {hex} goto {target}"),
        ],
        0xcd =>
        [
            new(0xcd, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} s< {rs} goto {target}"),
        ],
        0xd5 =>
        [
            new(0xd5, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} s<= {hex} goto {target}"),
        ],
        0xdd =>
        [
            new(0xdd, 0, 0, 0, ConformanceGroup.Base64, new Version(4, 14), "if {rd} s<= {rs} goto {target}"),
        ],
        0x16 =>
        [
            new(0x16, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} == {hex} goto {target}"),
        ],
        0x1e =>
        [
            new(0x1e, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} == {ws} goto {target}"),
        ],
        0x26 =>
        [
            new(0x26, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} > {hex} goto {target}"),
        ],
        0x2e =>
        [
            new(0x2e, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} > {ws} goto {target}"),
        ],
        0x36 =>
        [
            new(0x36, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} >= {hex} goto {target}"),
        ],
        0x3e =>
        [
            new(0x3e, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} >= {ws} goto {target}"),
        ],
        0x46 =>
        [
            new(0x46, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} & {hex} goto {target}"),
        ],
        0x4e =>
        [
            new(0x4e, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} & {ws} goto {target}"),
        ],
        0x56 =>
        [
            new(0x56, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} != {hex} goto {target}"),
        ],
        0x5e =>
        [
            new(0x5e, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} != {ws} goto {target}"),
        ],
        0x66 =>
        [
            new(0x66, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s> {hex} goto {target}"),
        ],
        0x6e =>
        [
            new(0x6e, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s> {ws} goto {target}"),
        ],
        0x76 =>
        [
            new(0x76, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s>= {hex} goto {target}"),
        ],
        0x7e =>
        [
            new(0x7e, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s>= {ws} goto {target}"),
        ],
        0xa6 =>
        [
            new(0xa6, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} < {hex} goto {target}"),
        ],
        0xae =>
        [
            new(0xae, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} < {ws} goto {target}"),
        ],
        0xb6 =>
        [
            new(0xb6, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} <= {hex} goto {target}"),
        ],
        0xbe =>
        [
            new(0xbe, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} <= {ws} goto {target}"),
        ],
        0xc6 =>
        [
            new(0xc6, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s< {hex} goto {target}"),
        ],
        0xce =>
        [
            new(0xce, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s< {ws} goto {target}"),
        ],
        0xd6 =>
        [
            new(0xd6, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s<= {hex} goto {target}"),
        ],
        0xde =>
        [
            new(0xde, 0, 0, 0, ConformanceGroup.Base32, new Version(5, 1), "if {wd} s<= {ws} goto {target}"),
        ],
        0x85 =>
        [
            new(0x85, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "call {helper}"),
            new(0x85, 1, 0, 0, ConformanceGroup.Base32, new Version(4, 16), "call pc{step}"),
            new(0x85, 1, 0, -1, ConformanceGroup.Base32, new Version(4, 16), "call subprog[{function}]"),
            new(0x85, 2, 0, 0, ConformanceGroup.Base32, new Version(5, 13), "call kernel-function#{imm}"),
            new(0x85, 2, 0, 0, ConformanceGroup.Base32, new Version(5, 17), "call kernel-function#{imm} fd:{index}"),
            new(0x85, 2, 0, 0, ConformanceGroup.Base32, new Version(5, 13), "call kfunc[{kfunc}]"),
        ],
        0x8d =>
        [
            new(0x8d, 0, 0, 0, ConformanceGroup.Extension, null, "callx {rd}"),
        ],
        0xc2 =>
        [
            new(0xc2, 0, 0, 0, ConformanceGroup.Extension, null, "nospec"),
        ],
        0x95 =>
        [
            new(0x95, 0, 0, 0, ConformanceGroup.Base32, new Version(3, 18), "exit"),
        ],
        0x30 =>
        [
            new(0x30, 0, 0, 0, ConformanceGroup.Packet, new Version(3, 18), "r0 = *(u8 *)skb[{imm}]"),
        ],
        0x28 =>
        [
            new(0x28, 0, 0, 0, ConformanceGroup.Packet, new Version(3, 18), "r0 = *(u16 *)skb[{imm}]"),
        ],
        0x20 =>
        [
            new(0x20, 0, 0, 0, ConformanceGroup.Packet, new Version(3, 18), "r0 = *(u32 *)skb[{imm}]"),
        ],
        0x50 =>
        [
            new(0x50, 0, 0, 0, ConformanceGroup.Packet, new Version(3, 18), "r0 = *(u8 *)skb[{rs} + {imm}]"),
        ],
        0x48 =>
        [
            new(0x48, 0, 0, 0, ConformanceGroup.Packet, new Version(3, 18), "r0 = *(u16 *)skb[{rs} + {imm}]"),
        ],
        0x40 =>
        [
            new(0x40, 0, 0, 0, ConformanceGroup.Packet, new Version(3, 18), "r0 = *(u32 *)skb[{rs} + {imm}]"),
        ],
        _ => [],
    };
}
