using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Generator
{
    protected override void EmitMemory(int index, in Instruction instruction)
    {
        MemoryAccess.TryGet(instruction, out MemoryAccess access);
        (Arm64Register @base, int displacement) = EmitCheck(index, access);
        Arm64Width width = WidthOf(access.Size);
        if (access.IsAtomic)
        {
            EmitAtomic(instruction, width, EmitAddress(@base, displacement));
            return;
        }
        if (!Arm64Assembler.FitsDisplacement(width, displacement))
            (@base, displacement) = (EmitAddress(@base, displacement), 0);
        switch (instruction.Class)
        {
            case InstructionClass.Ldx when instruction.Mode == MemoryMode.MemorySignExtended:
                code.LoadSigned(width, Of(instruction.Dst), @base, displacement);
                break;
            case InstructionClass.Ldx:
                code.Load(width, Of(instruction.Dst), @base, displacement);
                break;
            case InstructionClass.St:
                Arm64Register value = Arm64Register.Zero;
                if (instruction.Constant != 0 || Options.BlindsConstants)
                    EmitConstant(value = Scratch2, instruction.Constant);
                code.Store(width, value, @base, displacement);
                break;
            default:
                code.Store(width, Of(instruction.Src), @base, displacement);
                break;
        }
    }

    protected override void EmitPacketLoad(int index, in Instruction instruction)
    {
        int size = MemoryAccess.SizeOf(instruction.Size);
        Arm64Register result = Of(Register.R0);
        EmitConstant(Scratch, (uint)instruction.Constant);
        if (instruction.Mode == MemoryMode.Indirect)
            code.Alu(Arm64Alu.Add, false, Scratch, Scratch, Of(instruction.Src));
        code.AddConstant(true, Scratch2, Scratch, size);
        LoadState(Scratch3, ExecutionState.PacketLengthOffset);
        code.Compare(true, Scratch2, Scratch3);
        BindPacketExitLater(BranchFarIf(Arm64Condition.UnsignedGreater), index);
        LoadState(Scratch3, ExecutionState.PacketOffset);
        code.Load(WidthOf(size), result, Scratch3, Scratch);
        if (size == 2)
            code.ReverseHalves(result, result);
        else if (size == 4)
            code.Reverse(false, result, result);
    }

    private static Arm64Width WidthOf(int size) => size switch
    {
        1 => Arm64Width.Byte,
        2 => Arm64Width.Half,
        4 => Arm64Width.Word,
        _ => Arm64Width.DoubleWord,
    };

    /// <summary>A register that holds the sum: the base itself, or the first scratch register.</summary>
    private Arm64Register EmitAddress(Arm64Register @base, int displacement)
    {
        if (displacement == 0)
            return @base;
        EmitSum(Scratch, @base, displacement);
        return Scratch;
    }

    private void EmitSum(Arm64Register dst, Arm64Register left, int constant)
    {
        if (constant == 0)
        {
            code.Move(true, dst, left);
        }
        else if (Arm64Assembler.FitsArithmetic(constant))
        {
            code.AddConstant(true, dst, left, constant);
        }
        else
        {
            code.Move(Scratch4, constant);
            code.Alu(Arm64Alu.Add, true, dst, left, Scratch4);
        }
    }

    private void LoadState(Arm64Register dst, int offset) => code.Load(Arm64Width.DoubleWord, dst, State, offset);

    private void LoadStateWord(Arm64Register dst, int offset) => code.Load(Arm64Width.Word, dst, State, offset);

    private void StoreState(int offset, Arm64Register src) => code.Store(Arm64Width.DoubleWord, src, State, offset);

    private void StoreStateWord(int offset, Arm64Register src) => code.Store(Arm64Width.Word, src, State, offset);
}
