using Imker.Bytecode;
using Imker.Verifier.Domain;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    /// <summary>How far a pointer may be moved away from its object (<c>BPF_MAX_VAR_OFF</c>).</summary>
    private const long FarthestOffset = 1 << 29;

    private void ComputePointer(in Instruction instruction, AluOperation operation, ref RegisterState dst, in RegisterState src, bool isWhole)
    {
        if (dst.IsPointer && src.IsPointer)
        {
            if (operation != AluOperation.Sub || !target.IsPrivileged)
                Fail(VerifierDiagnosticId.PointerArithmetic, $"{Name(instruction.Dst)} pointer {Sign(operation)} pointer prohibited: {Describe(dst)}, {Describe(src)}");
            dst = RegisterState.UnknownScalar;
            return;
        }
        if (dst.IsPointer)
        {
            if (instruction.UsesSourceRegister)
                precision.MarkRegister(state, (int)instruction.Src);
            RegisterState pointer = dst;
            MovePointer(instruction, operation, ref dst, pointer, src.Number, isWhole, isReversed: false);
            return;
        }
        precision.MarkRegister(state, (int)instruction.Dst);
        Scalar number = dst.Number;
        MovePointer(instruction, operation, ref dst, src, number, isWhole, isReversed: true);
    }

    // Kernel: adjust_ptr_min_max_vals.
    private void MovePointer(
        in Instruction instruction, AluOperation operation, ref RegisterState dst, in RegisterState pointer, in Scalar by, bool isWhole, bool isReversed)
    {
        string name = Name(instruction.Dst);
        if (!isWhole)
        {
            if (operation != AluOperation.Sub || !target.IsPrivileged)
                Fail(VerifierDiagnosticId.PointerArithmetic, $"{name} 32-bit pointer arithmetic prohibited: the upper half of {Describe(pointer)} would be lost");
            dst = RegisterState.UnknownScalar;
            return;
        }
        if (pointer.MayBeNull)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{name} pointer arithmetic on {Naming.KernelName(pointer)} prohibited, null-check it first: {Describe(pointer)}");
        if (pointer.Kind == RegisterKind.Memory && pointer.Has(PointerFlags.Untrusted))
        {
            dst = pointer;
            return;
        }
        if (!TakesArithmetic(pointer, by, operation))
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{name} pointer arithmetic on {Naming.KernelName(pointer)} prohibited: {Describe(pointer)} cannot be moved");
        CheckSane(by, pointer);
        RegisterState moved = operation switch
        {
            AluOperation.Add => Add(pointer, by),
            AluOperation.Sub => Subtract(name, pointer, by, isReversed),
            AluOperation.And or AluOperation.Or or AluOperation.Xor =>
                throw Refuse(VerifierDiagnosticId.PointerArithmetic, $"{name} bitwise operator {Sign(operation)} on pointer prohibited: {Describe(pointer)}"),
            _ => throw Refuse(VerifierDiagnosticId.PointerArithmetic, $"{name} pointer arithmetic with {Sign(operation)} operator prohibited: {Describe(pointer)}"),
        };
        CheckSane(moved);
        if (!target.IsPrivileged)
            CheckUnprivilegedMove(name, moved);
        dst = moved;
    }

    private static bool TakesArithmetic(in RegisterState pointer, in Scalar by, AluOperation operation) => pointer.Kind switch
    {
        RegisterKind.Context or RegisterKind.MapValue or RegisterKind.MapKey or RegisterKind.Stack or RegisterKind.Packet or RegisterKind.PacketMeta
            or RegisterKind.TracepointBuffer or RegisterKind.Btf or RegisterKind.Memory or RegisterKind.Buffer or RegisterKind.Function or RegisterKind.Dynptr => true,
        RegisterKind.FlowKeys => by.IsConstant,
        RegisterKind.Map => by.IsZero && operation == AluOperation.Add,
        _ => false,
    };

    // Kernel: check_reg_sane_offset.
    private void CheckSane(in Scalar by, in RegisterState pointer)
    {
        string kind = Naming.KernelName(pointer);
        if (by.IsConstant && by.Value is >= FarthestOffset or <= -FarthestOffset)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"math between {kind} pointer and {by.Value} is not allowed: it is moved out of any object");
        if (by.Whole.SMin == long.MinValue)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"math between {kind} pointer and register with unbounded min value is not allowed: it is {by}");
        if (by.Whole.SMin is >= FarthestOffset or <= -FarthestOffset)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"value {by.Whole.SMin} makes {kind} pointer be out of bounds");
        CheckSane(pointer);
    }

    private void CheckSane(in RegisterState pointer)
    {
        string kind = Naming.KernelName(pointer);
        if (pointer.Offset is >= (int)FarthestOffset or <= -(int)FarthestOffset)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{kind} pointer offset {pointer.Offset} is not allowed");
        ref readonly Interval range = ref pointer.Number.Whole;
        if (pointer.Number.IsConstant && pointer.Number.Value is >= FarthestOffset or <= -FarthestOffset)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"math between {kind} pointer and {pointer.Number.Value} is not allowed");
        if (range.SMin == long.MinValue)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"math between {kind} pointer and register with unbounded min value is not allowed");
        if (range.SMin is >= FarthestOffset or <= -FarthestOffset)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"value {range.SMin} makes {kind} pointer be out of bounds");
    }

    private RegisterState Add(in RegisterState pointer, in Scalar by)
    {
        RegisterState moved = pointer;
        if (by.IsConstant && pointer.Offset + by.Value is >= int.MinValue and <= int.MaxValue)
        {
            moved.Offset = (int)(pointer.Offset + by.Value);
            return moved;
        }
        moved.Number = ScalarArithmetic<Width64>.Compute(AluOperation.Add, pointer.Number, by);
        if (pointer.IsPacket)
        {
            moved.Id = NewId();
            moved.Range = 0;
        }
        return moved;
    }

    private RegisterState Subtract(string name, in RegisterState pointer, in Scalar by, bool isReversed)
    {
        if (isReversed)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{name} tried to subtract pointer from scalar");
        if (pointer.Kind == RegisterKind.Stack)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{name} subtraction from stack pointer prohibited: add a negative number");
        RegisterState moved = pointer;
        if (by.IsConstant && pointer.Offset - by.Value is >= int.MinValue and <= int.MaxValue)
        {
            moved.Offset = (int)(pointer.Offset - by.Value);
            return moved;
        }
        moved.Number = ScalarArithmetic<Width64>.Compute(AluOperation.Sub, pointer.Number, by);
        if (pointer.IsPacket)
        {
            moved.Id = NewId();
            if (by.Whole.SMin < 0)
                moved.Range = 0;
        }
        return moved;
    }

    private void CheckUnprivilegedMove(string name, in RegisterState moved)
    {
        if (moved.Kind != RegisterKind.Stack)
            return;
        if (!moved.Number.IsConstant)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{name} variable stack access prohibited for !root");
        if (moved.Offset is >= 0 or < -FrameState.StackSize)
            Fail(VerifierDiagnosticId.PointerArithmetic, $"{name} stack pointer arithmetic goes out of range, prohibited for !root");
    }

    private static string Sign(AluOperation operation) => operation switch
    {
        AluOperation.Add => "+=",
        AluOperation.Sub => "-=",
        AluOperation.Mul => "*=",
        AluOperation.Div => "/=",
        AluOperation.Mod => "%=",
        AluOperation.And => "&=",
        AluOperation.Or => "|=",
        AluOperation.Xor => "^=",
        AluOperation.ShiftLeft => "<<=",
        AluOperation.ShiftRight => ">>=",
        AluOperation.ShiftRightSigned => "s>>=",
        AluOperation.SignedDiv => "s/=",
        _ => "s%=",
    };
}
