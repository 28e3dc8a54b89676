using System.Diagnostics.CodeAnalysis;

namespace Imker.Verifier.Tables;

/// <summary>What a kernel function does that BTF does not say.</summary>
[Flags]
internal enum KfuncFlags : ulong
{
    None = 0,
    Acquire = 1 << 0,
    Release = 1 << 1,
    ReturnsNull = 1 << 2,

    /// <summary>Pointers have to be trusted.</summary>
    TrustedArguments = 1 << 3,

    /// <summary>Pointers have to be trusted, or protected by RCU.</summary>
    RcuArguments = 1 << 4,

    /// <summary>To be called in an RCU section only, where the program may sleep.</summary>
    NeedsRcu = 1 << 5,
    Sleeps = 1 << 6,
    IterNew = 1 << 7,
    IterNext = 1 << 8,
    IterDestroy = 1 << 9,
    CastCtx = 1 << 10,
    Cast = 1 << 11,
    RcuLock = 1 << 12,
    RcuUnlock = 1 << 13,
    PreemptDisable = 1 << 14,
    PreemptEnable = 1 << 15,
    IrqSave = 1 << 16,
    IrqRestore = 1 << 17,
    Throw = 1 << 18,
    DynptrSlice = 1 << 19,
    DynptrClone = 1 << 20,
    DynptrSkb = 1 << 21,
    DynptrXdp = 1 << 22,
    Writes = 1 << 23,
    ObjNew = 1 << 24,
    ObjDrop = 1 << 25,
    Percpu = 1 << 26,
    Refcount = 1 << 27,
    ListPush = 1 << 28,
    ListPop = 1 << 29,
    TreeAdd = 1 << 30,
    TreeRemove = 1UL << 31,
    TreeFirst = 1UL << 32,
    ArenaAlloc = 1UL << 33,
    ArenaFree = 1UL << 34,
    SessionCookie = 1UL << 35,
}

/// <summary>Who may call a kernel function.</summary>
[Flags]
internal enum KfuncPrograms
{
    None = 0,

    /// <summary>Every program.</summary>
    Common = 1 << 0,

    /// <summary>Typed tracing, LSM and struct_ops programs, and what only runs on request.</summary>
    Tracing = 1 << 1,

    /// <summary>Classifiers and other programs with a socket buffer.</summary>
    Packet = 1 << 2,
    Xdp = 1 << 3,
    Lsm = 1 << 4,
    StructOps = 1 << 5,
    Kprobe = 1 << 6,
}

/// <summary>A kernel function that programs may call.</summary>
internal sealed record Kfunc(string Name, KfuncFlags Flags, KfuncPrograms Programs)
{
    public bool Has(KfuncFlags flags) => (Flags & flags) != 0;
}

/// <summary>The kernel functions that are known here.</summary>
internal static partial class KfuncTable
{
    public static bool TryGet(string name, [NotNullWhen(true)] out Kfunc? kfunc)
    {
        kfunc = Row(name);
        return kfunc is not null;
    }
}
