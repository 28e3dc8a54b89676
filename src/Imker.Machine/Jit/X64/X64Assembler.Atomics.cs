namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Assembler
{
    /// <summary><c>lock op [memory], src</c></summary>
    public void LockedAlu(X64Alu operation, bool wide, X64Address memory, X64Register src)
    {
        Emit(LockPrefix);
        MemoryForm(wide, (byte)((int)operation << 3 | 1), (int)src, memory);
    }

    /// <summary><c>lock xadd [memory], src</c>: <paramref name="src"/> gets what was there before.</summary>
    public void LockedExchangeAdd(bool wide, X64Address memory, X64Register src)
    {
        Emit(LockPrefix);
        LongMemoryForm(wide, 0xc1, (int)src, memory);
    }

    /// <summary><c>lock cmpxchg [memory], src</c>: compares with <c>rax</c>, which gets what was there before.</summary>
    public void LockedCompareExchange(bool wide, X64Address memory, X64Register src)
    {
        Emit(LockPrefix);
        LongMemoryForm(wide, 0xb1, (int)src, memory);
    }

    /// <summary><c>xchg [memory], src</c>, which is locked without a prefix.</summary>
    public void Exchange(bool wide, X64Address memory, X64Register src) => MemoryForm(wide, 0x87, (int)src, memory);

    public void Exchange(X64Register left, X64Register right) => Form(true, 0x87, (int)right, left);
}
