using Imker.Bytecode;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private const int MoveCode = 0xb0;
    private const int NegateCode = 0x80;
    private const int EndCode = 0xd0;

    private void Arithmetic(in Instruction instruction)
    {
        switch (instruction.Opcode & 0xf0)
        {
            case MoveCode:
                Move(instruction);
                break;
            case NegateCode:
                Negate(instruction);
                break;
            case EndCode:
                SwapBytes(instruction);
                break;
            default:
                Compute(instruction);
                break;
        }
    }

    private void Move(in Instruction instruction)
    {
        bool isWhole = instruction.Class == InstructionClass.Alu64;
        if (!instruction.UsesSourceRegister)
        {
            Write(instruction.Dst) = RegisterState.Constant(isWhole ? instruction.Constant : (uint)instruction.Constant);
            return;
        }
        ref RegisterState src = ref Read(instruction.Src);
        ref RegisterState dst = ref Write(instruction.Dst);
        if (instruction.Offset == 1 && isWhole)
            CastAddressSpace(instruction, src, ref dst);
        else if (instruction.Offset != 0)
            MoveSigned(instruction, ref src, ref dst, isWhole);
        else if (isWhole)
            Copy(ref src, ref dst);
        else
            MoveLow(instruction, ref src, ref dst);
    }

    private void Copy(ref RegisterState src, ref RegisterState dst)
    {
        GiveId(ref src);
        dst = src;
    }

    // Copies share a number, so that what is learned of one is learned of all.
    private void GiveId(ref RegisterState src)
    {
        if (!src.IsScalar)
            return;
        if (src.Has(PointerFlags.Delta))
            ForgetCopies(ref src);
        if (src.Id == 0 && !src.Number.IsConstant)
            src.Id = NewId();
    }

    private static void ForgetCopies(ref RegisterState number)
    {
        number.Id = 0;
        number.Offset = 0;
        number.Flags &= ~PointerFlags.Delta;
    }

    private void MoveLow(in Instruction instruction, ref RegisterState src, ref RegisterState dst)
    {
        if (src.IsPointer)
        {
            RefuseLeak(src, instruction.Src, "partial copy of pointer");
            dst.SetScalar(ScalarArithmetic<Width64>.ZeroExtend(Scalar.Unknown));
            return;
        }
        bool isSame = src.Number.Whole.UMax <= uint.MaxValue;
        if (isSame)
            GiveId(ref src);
        int id = isSame ? src.Id : 0;
        Scalar number = ScalarArithmetic<Width64>.ZeroExtend(src.Number);
        dst.SetScalar(number);
        dst.Id = id;
    }

    private void MoveSigned(in Instruction instruction, ref RegisterState src, ref RegisterState dst, bool isWhole)
    {
        if (src.IsPointer)
        {
            RefuseLeak(src, instruction.Src, "sign-extension part of pointer");
            dst = RegisterState.UnknownScalar;
            return;
        }
        int bits = instruction.Offset;
        bool isSame = src.Number.Whole.UMax < 1UL << bits - 1;
        if (isSame)
            GiveId(ref src);
        int id = isSame ? src.Id : 0;
        Scalar number = ScalarArithmetic<Width64>.SignExtend(src.Number, bits);
        dst.SetScalar(isWhole ? number : ScalarArithmetic<Width64>.ZeroExtend(number));
        dst.Id = id;
    }

    private void CastAddressSpace(in Instruction instruction, in RegisterState src, ref RegisterState dst)
    {
        if (Arena is null)
            Fail(VerifierDiagnosticId.BadInstruction, "addr_space_cast instruction can only be used in a program that has an arena map");
        if (src.IsPointer && src.Kind != RegisterKind.Arena)
            RefuseLeak(src, instruction.Src, "address space cast of pointer");
        dst = instruction.Constant == 1 ? RegisterState.Pointer(RegisterKind.Arena) : RegisterState.UnknownScalar;
    }

    private void Negate(in Instruction instruction)
    {
        ref RegisterState dst = ref ReadNumber(instruction);
        Scalar zero = Scalar.Constant(0);
        dst.SetScalar(instruction.Class == InstructionClass.Alu64
            ? ScalarArithmetic<Width64>.Compute(AluOperation.Sub, zero, dst.Number)
            : ScalarArithmetic<Width64>.ComputeLow(AluOperation.Sub, zero, dst.Number));
    }

    private void SwapBytes(in Instruction instruction)
    {
        ref RegisterState dst = ref ReadNumber(instruction);
        int bits = (int)instruction.Constant;
        bool swaps = instruction.Class == InstructionClass.Alu64 || instruction.UsesSourceRegister;
        if (!swaps)
            dst.SetScalar(ScalarArithmetic<Width64>.Truncate(dst.Number, bits));
        else if (dst.Number.IsConstant)
            dst.SetScalar(Scalar.Constant(Swap(dst.Number.Known.Value, bits)));
        else
            dst.SetScalar(ScalarArithmetic<Width64>.Truncate(Scalar.Unknown, bits));
    }

    private static ulong Swap(ulong value, int bits) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value) >> 64 - bits;

    private ref RegisterState ReadNumber(in Instruction instruction)
    {
        ref RegisterState dst = ref Read(instruction.Dst);
        RefuseLeak(dst, instruction.Dst, "pointer arithmetic prohibited");
        Write(instruction.Dst);
        if (dst.IsPointer)
            dst = RegisterState.UnknownScalar;
        return ref dst;
    }

    private void Compute(in Instruction instruction)
    {
        var operation = (AluOperation)(instruction.Opcode & 0xf0 | (ushort)(instruction.Offset << 8));
        bool isWhole = instruction.Class == InstructionClass.Alu64;
        CheckConstant(instruction, operation, isWhole);
        if (instruction.UsesSourceRegister)
            Read(instruction.Src);
        ref RegisterState dst = ref Read(instruction.Dst);
        Write(instruction.Dst);
        if (dst.Kind == RegisterKind.Arena)
            return;
        RegisterState src = instruction.UsesSourceRegister ? registers[(int)instruction.Src] : RegisterState.Constant(instruction.Constant);
        if (dst.IsPointer || src.IsPointer)
        {
            ComputePointer(instruction, operation, ref dst, src, isWhole);
            return;
        }
        if (operation == AluOperation.Add && isWhole && dst.Id != 0 && src.IsConstant && target.Has(6, 11))
        {
            AddToCopy(ref dst, src.Number.Value);
            return;
        }
        dst.SetScalar(isWhole
            ? ScalarArithmetic<Width64>.Compute(operation, dst.Number, src.Number)
            : ScalarArithmetic<Width64>.ComputeLow(operation, dst.Number, src.Number));
    }

    // A copy that differs by a constant still learns from the others.
    private static void AddToCopy(ref RegisterState dst, long value)
    {
        bool canFollow = !dst.Has(PointerFlags.Delta) && (ulong)value <= int.MaxValue;
        int id = dst.Id;
        dst.SetScalar(ScalarArithmetic<Width64>.Compute(AluOperation.Add, dst.Number, Scalar.Constant((ulong)value)));
        if (!canFollow)
            return;
        dst.Id = id;
        dst.Flags = PointerFlags.Delta;
        dst.Offset = (int)value;
    }

    private void CheckConstant(in Instruction instruction, AluOperation operation, bool isWhole)
    {
        if (instruction.UsesSourceRegister)
            return;
        if ((operation is AluOperation.Div or AluOperation.Mod or AluOperation.SignedDiv or AluOperation.SignedMod) && instruction.Constant == 0)
            Fail(VerifierDiagnosticId.BadInstruction, "div by zero: the divisor is the constant 0");
        if (operation is AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned && (instruction.Constant < 0 || instruction.Constant >= (isWhole ? 64 : 32)))
            Fail(VerifierDiagnosticId.BadInstruction, $"invalid shift {instruction.Constant}: the register has {(isWhole ? 64 : 32)} bits");
    }

    // The unprivileged may not learn addresses.
    private void RefuseLeak(in RegisterState register, Register name, string what)
    {
        if (!target.IsPrivileged && register.IsPointer)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{Name(name)} {what}: it would tell an address of the kernel to a program without CAP_PERFMON");
    }
}
