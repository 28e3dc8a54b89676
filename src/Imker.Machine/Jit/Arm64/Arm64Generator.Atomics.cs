using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Generator
{
    private void EmitAtomic(in Instruction instruction, Arm64Width width, Arm64Register address)
    {
        Arm64Register src = Of(instruction.Src);
        switch ((AtomicOperation)instruction.Constant)
        {
            case AtomicOperation.LoadAcquire:
                code.LoadAcquire(width, Of(instruction.Dst), address);
                break;
            case AtomicOperation.StoreRelease:
                code.StoreRelease(width, src, address);
                break;
            case AtomicOperation.CompareExchange:
                EmitCompareExchange(width, src, address);
                break;
            default:
                EmitReadModifyWrite((AtomicOperation)instruction.Constant, width, src, address);
                break;
        }
    }

    private void EmitReadModifyWrite(AtomicOperation operation, Arm64Width width, Arm64Register src, Arm64Register address)
    {
        const int Fetches = 1;
        bool fetches = ((int)operation & Fetches) != 0;
        if (features.HasAtomics)
            EmitAtomicInstruction(operation, width, src, address);
        else
            EmitExclusiveLoop(operation, width, src, address);
        if (fetches)
            code.Move(true, src, Scratch2);
    }

    // The value from before goes to the second scratch register.
    private void EmitAtomicInstruction(AtomicOperation operation, Arm64Width width, Arm64Register src, Arm64Register address)
    {
        switch (operation)
        {
            case AtomicOperation.Add or AtomicOperation.FetchAdd:
                code.Atomic(Arm64Atomic.Add, width, src, Scratch2, address);
                break;
            case AtomicOperation.Or or AtomicOperation.FetchOr:
                code.Atomic(Arm64Atomic.Set, width, src, Scratch2, address);
                break;
            case AtomicOperation.And or AtomicOperation.FetchAnd:
                code.Not(true, Scratch3, src);
                code.Atomic(Arm64Atomic.Clear, width, Scratch3, Scratch2, address);
                break;
            case AtomicOperation.Xor or AtomicOperation.FetchXor:
                code.Atomic(Arm64Atomic.Xor, width, src, Scratch2, address);
                break;
            default:
                code.Atomic(Arm64Atomic.Swap, width, src, Scratch2, address);
                break;
        }
    }

    private void EmitExclusiveLoop(AtomicOperation operation, Arm64Width width, Arm64Register src, Arm64Register address)
    {
        int again = code.Position;
        code.LoadExclusive(width, Scratch2, address);
        Arm64Register value = Scratch3;
        switch (operation)
        {
            case AtomicOperation.Add or AtomicOperation.FetchAdd:
                code.Alu(Arm64Alu.Add, true, value, Scratch2, src);
                break;
            case AtomicOperation.Or or AtomicOperation.FetchOr:
                code.Alu(Arm64Alu.Or, true, value, Scratch2, src);
                break;
            case AtomicOperation.And or AtomicOperation.FetchAnd:
                code.Alu(Arm64Alu.And, true, value, Scratch2, src);
                break;
            case AtomicOperation.Xor or AtomicOperation.FetchXor:
                code.Alu(Arm64Alu.Xor, true, value, Scratch2, src);
                break;
            default:
                value = src;
                break;
        }
        code.StoreExclusive(width, Scratch4, value, address);
        code.BranchIfNotZero(false, Scratch4, again);
    }

    private void EmitCompareExchange(Arm64Width width, Arm64Register src, Arm64Register address)
    {
        Arm64Register expected = Of(Register.R0);
        bool wide = width == Arm64Width.DoubleWord;
        if (features.HasAtomics)
        {
            // R0 may be the address or the new value too.
            code.Move(wide, Scratch2, expected);
            code.CompareAndSwap(width, Scratch2, src, address);
            code.Move(true, expected, Scratch2);
            return;
        }
        int again = code.Position;
        code.LoadExclusive(width, Scratch2, address);
        code.Compare(wide, Scratch2, expected);
        int differs = code.BranchIf(Arm64Condition.NotEqual);
        code.StoreExclusive(width, Scratch4, src, address);
        code.BranchIfNotZero(false, Scratch4, again);
        code.Bind(differs, code.Position);
        code.Move(true, expected, Scratch2);
    }
}
