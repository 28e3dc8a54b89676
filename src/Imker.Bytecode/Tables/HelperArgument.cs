namespace Imker.Bytecode;

/// <summary>What an argument register holds.</summary>
public readonly record struct HelperArgument
{
    internal HelperArgument(
        string name, HelperArgumentKind kind, MemoryAccess access = MemoryAccess.None, int size = 0, string? btfType = null,
        DynptrKind dynptr = DynptrKind.Any, bool mayBeNull = false, bool releases = false)
    {
        Name = name;
        Kind = kind;
        Access = access;
        Size = size;
        BtfType = btfType;
        Dynptr = dynptr;
        MayBeNull = mayBeNull;
        Releases = releases;
    }

    /// <summary>As the kernel's documentation of the helper names it.</summary>
    public string Name { get; }

    public HelperArgumentKind Kind { get; }

    /// <summary>What the helper does with the memory; <see cref="MemoryAccess.None"/> where it is no memory of the program.</summary>
    public MemoryAccess Access { get; }

    /// <summary>Bytes of a <see cref="HelperArgumentKind.FixedMemory"/>.</summary>
    public int Size { get; }

    /// <summary>The kernel structure of a <see cref="HelperArgumentKind.BtfPointer"/>; null when any will do.</summary>
    public string? BtfType { get; }

    /// <summary>The kind of a <see cref="HelperArgumentKind.Dynptr"/>.</summary>
    public DynptrKind Dynptr { get; }

    public bool MayBeNull { get; }

    /// <summary>The reference is given away: it cannot be used after the call.</summary>
    public bool Releases { get; }
}

public enum HelperArgumentKind : byte
{
    /// <summary>Any initialised value.</summary>
    Anything,

    /// <summary>A number, no pointer.</summary>
    Scalar,

    /// <summary>The program's context, as R1 held it at the start.</summary>
    Context,

    Map,

    /// <summary>As many bytes as the map's key has.</summary>
    MapKey,

    /// <summary>As many bytes as the map's value has.</summary>
    MapValue,

    /// <summary>Memory whose length the next argument gives.</summary>
    Memory,

    /// <summary>Memory of <see cref="HelperArgument.Size"/> bytes.</summary>
    FixedMemory,

    /// <summary>The length of the memory before it, at least one byte.</summary>
    Size,

    /// <summary>The length of the memory before it, possibly nothing.</summary>
    SizeOrZero,

    /// <summary>A constant: the length of the memory that the helper returns.</summary>
    AllocationSize,

    /// <summary>A <c>struct bpf_spin_lock</c> in a map value.</summary>
    SpinLock,

    /// <summary>A <c>struct bpf_timer</c> in a map value.</summary>
    Timer,

    /// <summary>A function of the program.</summary>
    Callback,

    /// <summary>A pointer into the stack that the callback receives.</summary>
    CallbackContext,

    /// <summary>A string in a read-only map, ended by a zero.</summary>
    ConstantString,

    /// <summary>A <c>struct bpf_dynptr</c> on the stack.</summary>
    Dynptr,

    /// <summary>A field of a map value that holds a kernel pointer.</summary>
    KptrField,

    /// <summary>A kernel structure known by BTF.</summary>
    BtfPointer,

    SocketCommon,

    /// <summary>A socket, or a pointer to a kernel socket structure known by BTF.</summary>
    BtfSocketCommon,

    Socket,

    /// <summary>The address of a per-CPU kernel variable.</summary>
    PerCpuVariable,

    /// <summary>A record that was reserved in a ring buffer.</summary>
    RingBufferRecord,
}

/// <summary>What a helper does with memory that the program passes.</summary>
public enum MemoryAccess : byte
{
    None,

    /// <summary>Reads it: it must be initialised.</summary>
    Read,

    /// <summary>Fills it: it need not be initialised.</summary>
    Write,

    /// <summary>Reads and writes it.</summary>
    Update,
}

public enum DynptrKind : byte
{
    Any,

    /// <summary>Over memory of the program.</summary>
    Local,

    /// <summary>Over a reserved record; it must be submitted or discarded.</summary>
    RingBuffer,
}
