using System.Runtime.InteropServices;

namespace Imker.Linux;

/// <summary>Where a register of user space stands in <c>struct pt_regs</c>, by the assembler's name for it or for a part of it.</summary>
internal static class UserRegisters
{
    // arch/x86/include/asm/ptrace.h: the order in which the members stand, eight bytes each.
    private static readonly string[] x64 =
        ["r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si", "di", "orig_ax", "ip", "cs", "flags", "sp"];

    private const int Arm64StackPointer = 31;

    /// <summary>Bytes from the start; null where there is no such register.</summary>
    internal static int? OffsetOf(string name, Architecture architecture) =>
        architecture == Architecture.Arm64 ? OffsetInArm64(name) : OffsetInX64(name);

    // rax, eax, ax, al; r8, r8d, r8w, r8b; rsi, sil; rip.
    private static int? OffsetInX64(string name)
    {
        string whole = name switch
        {
            [('r' or 'e'), .. { Length: 2 } rest] when !char.IsAsciiDigit(rest[0]) => rest,
            ['r', >= '0' and <= '9', ..] => name.TrimEnd('d', 'w', 'b', 'l'),
            [_, _, 'l'] => name[..2],
            [>= 'a' and <= 'd', 'l' or 'h'] => $"{name[0]}x",
            _ => name,
        };
        int index = Array.IndexOf(x64, whole);
        // The upper half of a register's lowest word is no value of its own.
        return index < 0 || (name.Length == 2 && name[1] == 'h') ? null : index * sizeof(ulong);
    }

    private static int? OffsetInArm64(string name) => name switch
    {
        "sp" => Arm64StackPointer * sizeof(ulong),
        [('x' or 'w'), .. var number] when int.TryParse(number, out int index) && index < Arm64StackPointer => index * sizeof(ulong),
        _ => null,
    };
}
