using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    private const int HalfBits = 32;

    /// <summary>
    /// Two instructions as one: a move and an addition are an address calculation; a shift to the left and back is an extension of the
    /// low bits.
    /// </summary>
    protected override bool TryFuse(int index)
    {
        ref readonly Instruction first = ref Shape.Instructions[index];
        ref readonly Instruction second = ref Shape.Instructions[index + 1];
        if (second.Class != InstructionClass.Alu64 || first.Dst != second.Dst)
            return false;
        return (first.Opcode & 0xf0) switch
        {
            MoveCode => first.UsesSourceRegister && first.Offset == 0 && TryFuseAddition(first, second),
            (int)AluOperation.ShiftLeft => TryFuseExtension(first, second),
            _ => false,
        };
    }

    private bool TryFuseAddition(in Instruction move, in Instruction addition)
    {
        if ((addition.Opcode & 0xf0) != (int)AluOperation.Add)
            return false;
        X64Register dst = Of(move.Dst), src = Of(move.Src);
        if (!addition.UsesSourceRegister)
        {
            if (Options.BlindsConstants)
                return false;
            code.LoadAddress(true, dst, new X64Address(src, (int)addition.Constant));
            return true;
        }
        X64Register added = addition.Src == move.Dst ? src : Of(addition.Src);
        code.LoadAddress(true, dst, new X64Address(src, added, 0, 0));
        return true;
    }

    private bool TryFuseExtension(in Instruction left, in Instruction right)
    {
        if (left.UsesSourceRegister || right.UsesSourceRegister || left.Constant != right.Constant)
            return false;
        X64Width? width = (left.Constant & 63) switch
        {
            HalfBits => X64Width.DoubleWord,
            48 => X64Width.Word,
            56 => X64Width.Byte,
            _ => null,
        };
        if (width is not { } low)
            return false;
        X64Register dst = Of(left.Dst);
        switch (right.Opcode & 0xf0)
        {
            case (int)AluOperation.ShiftRight:
                code.ZeroExtend(low, dst, dst);
                return true;
            case (int)AluOperation.ShiftRightSigned:
                code.SignExtend(low, true, dst, dst);
                return true;
            default:
                return false;
        }
    }
}
