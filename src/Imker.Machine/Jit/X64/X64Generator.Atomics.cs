using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    private void EmitAtomic(in Instruction instruction, X64Width width, X64Address address)
    {
        bool wide = width == X64Width.QuadWord;
        X64Register src = Of(instruction.Src);
        switch ((AtomicOperation)instruction.Constant)
        {
            case AtomicOperation.Add:
                code.LockedAlu(X64Alu.Add, wide, address, src);
                break;
            case AtomicOperation.Or:
                code.LockedAlu(X64Alu.Or, wide, address, src);
                break;
            case AtomicOperation.And:
                code.LockedAlu(X64Alu.And, wide, address, src);
                break;
            case AtomicOperation.Xor:
                code.LockedAlu(X64Alu.Xor, wide, address, src);
                break;
            case AtomicOperation.FetchAdd:
                code.LockedExchangeAdd(wide, address, src);
                break;
            case AtomicOperation.FetchOr:
                EmitFetch(X64Alu.Or, wide, address, src);
                break;
            case AtomicOperation.FetchAnd:
                EmitFetch(X64Alu.And, wide, address, src);
                break;
            case AtomicOperation.FetchXor:
                EmitFetch(X64Alu.Xor, wide, address, src);
                break;
            case AtomicOperation.Exchange:
                code.Exchange(wide, address, src);
                break;
            case AtomicOperation.CompareExchange:
                code.LockedCompareExchange(wide, address, src);
                // When memory had what R0 has, the processor leaves the upper half alone.
                if (!wide)
                    code.Move(false, X64Register.Rax, X64Register.Rax);
                break;
            // The processor orders loads after loads and stores after everything before them.
            case AtomicOperation.LoadAcquire:
                code.Load(width, Of(instruction.Dst), address);
                break;
            case AtomicOperation.StoreRelease:
                code.Store(width, address, src);
                break;
        }
    }

    /// <summary>What the processor cannot do in one instruction when the old value is wanted: tried until nobody came between.</summary>
    private void EmitFetch(X64Alu operation, bool wide, X64Address address, X64Register src)
    {
        const X64Register Rax = X64Register.Rax;
        X64Width width = wide ? X64Width.QuadWord : X64Width.DoubleWord;
        code.Push(Rax);
        if (address.Base is Rax or Scratch)
        {
            code.LoadAddress(true, Scratch2, address);
            address = new X64Address(Scratch2, 0);
        }
        code.Load(width, Rax, address);
        int again = code.Position;
        code.Move(wide, Scratch, Rax);
        if (src == Rax)
            code.Alu(operation, wide, Scratch, new X64Address(X64Register.Rsp, 0));
        else
            code.Alu(operation, wide, Scratch, src);
        code.LockedCompareExchange(wide, address, Scratch);
        code.JumpIf(X64Condition.NotEqual, again);
        if (src == Rax)
        {
            code.Alu(X64Alu.Add, true, X64Register.Rsp, sizeof(long));
        }
        else
        {
            code.Move(wide, src, Rax);
            code.Pop(Rax);
        }
    }
}
