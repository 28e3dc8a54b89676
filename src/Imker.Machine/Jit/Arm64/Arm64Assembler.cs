using System.Runtime.CompilerServices;

namespace Imker.Machine.Jit.Arm64;

/// <summary>
/// Encodes the forms of A64 that the code generator uses (Arm's architecture reference manual, chapter C6). Each is one word of
/// <see cref="WordSize"/> bytes; the caller reserves.
/// </summary>
internal sealed partial class Arm64Assembler(int capacity) : CodeBuffer(capacity)
{
    public const int WordSize = 4;

    private const uint Wide = 1u << 31;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EmitWord(uint word) => Emit32((int)word);

    private static uint Width(bool wide) => wide ? Wide : 0;

    private static uint Rd(Arm64Register register) => (uint)register;

    private static uint Rn(Arm64Register register) => (uint)register << 5;

    private static uint Ra(Arm64Register register) => (uint)register << 10;

    private static uint Rm(Arm64Register register) => (uint)register << 16;
}
