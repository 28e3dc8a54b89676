// Generated from eng/tables/instruction-aliases.tsv by eng/Imker.TableGenerator; edit the table, not this file.
namespace Imker.Bytecode.Text;

internal static class InstructionAliases
{
    public static InstructionPattern[] Rows() =>
    [
        new(0x71, 0, 0, 0, "{wd} = *(u8 *)({rs} {off})"),
        new(0x69, 0, 0, 0, "{wd} = *(u16 *)({rs} {off})"),
        new(0x61, 0, 0, 0, "{wd} = *(u32 *)({rs} {off})"),
        new(0x73, 0, 0, 0, "*(u8 *)({rd} {off}) = {ws}"),
        new(0x6b, 0, 0, 0, "*(u16 *)({rd} {off}) = {ws}"),
        new(0x63, 0, 0, 0, "*(u32 *)({rd} {off}) = {ws}"),
        new(0xc3, 0, 0, 0x00, "lock *(u32 *)({rd} {off}) += {ws}"),
        new(0xc3, 0, 0, 0x40, "lock *(u32 *)({rd} {off}) |= {ws}"),
        new(0xc3, 0, 0, 0x50, "lock *(u32 *)({rd} {off}) &= {ws}"),
        new(0xc3, 0, 0, 0xa0, "lock *(u32 *)({rd} {off}) ^= {ws}"),
        new(0xdb, 0, 0, 0x01, "{rs} = atomic_fetch_add((u64 *)({rd} {off}), {rs})"),
        new(0xc3, 0, 0, 0x01, "{ws} = atomic_fetch_add((u32 *)({rd} {off}), {ws})"),
        new(0xdb, 0, 0, 0x41, "{rs} = atomic_fetch_or((u64 *)({rd} {off}), {rs})"),
        new(0xc3, 0, 0, 0x41, "{ws} = atomic_fetch_or((u32 *)({rd} {off}), {ws})"),
        new(0xdb, 0, 0, 0x51, "{rs} = atomic_fetch_and((u64 *)({rd} {off}), {rs})"),
        new(0xc3, 0, 0, 0x51, "{ws} = atomic_fetch_and((u32 *)({rd} {off}), {ws})"),
        new(0xdb, 0, 0, 0xa1, "{rs} = atomic_fetch_xor((u64 *)({rd} {off}), {rs})"),
        new(0xc3, 0, 0, 0xa1, "{ws} = atomic_fetch_xor((u32 *)({rd} {off}), {ws})"),
        new(0xdb, 0, 0, 0xe1, "{rs} = xchg_64({rd} {off}, {rs})"),
        new(0xc3, 0, 0, 0xe1, "{ws} = xchg32_32({rd} {off}, {ws})"),
        new(0xdb, 0, 0, 0xf1, "r0 = cmpxchg_64({rd} {off}, r0, {rs})"),
        new(0xc3, 0, 0, 0xf1, "w0 = cmpxchg32_32({rd} {off}, w0, {ws})"),
        new(0xd3, 0, 0, 0x100, "{wd} = load_acquire((u8 *)({rs} {off}))"),
        new(0xcb, 0, 0, 0x100, "{wd} = load_acquire((u16 *)({rs} {off}))"),
        new(0xc3, 0, 0, 0x100, "{wd} = load_acquire((u32 *)({rs} {off}))"),
        new(0xd3, 0, 0, 0x110, "store_release((u8 *)({rd} {off}), {ws})"),
        new(0xcb, 0, 0, 0x110, "store_release((u16 *)({rd} {off}), {ws})"),
        new(0xc3, 0, 0, 0x110, "store_release((u32 *)({rd} {off}), {ws})"),
        new(0x50, 0, 0, 0, "r0 = *(u8 *)skb[{rs}]"),
        new(0x48, 0, 0, 0, "r0 = *(u16 *)skb[{rs}]"),
        new(0x40, 0, 0, 0, "r0 = *(u32 *)skb[{rs}]"),
        new(0x85, 1, 0, -1, "call {function}"),
    ];
}
