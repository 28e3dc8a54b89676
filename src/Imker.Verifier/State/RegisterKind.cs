namespace Imker.Verifier.State;

/// <summary>What a register holds.</summary>
internal enum RegisterKind : byte
{
    /// <summary>Nothing that may be read.</summary>
    Unset,

    Scalar,

    /// <summary>The context that R1 held at entry.</summary>
    Context,

    /// <summary>A place in the stack of one of the frames.</summary>
    Stack,

    /// <summary>The map itself, for helpers.</summary>
    Map,

    MapKey,
    MapValue,
    Packet,
    PacketMeta,
    PacketEnd,
    FlowKeys,

    /// <summary>The buffer of a writable raw tracepoint.</summary>
    TracepointBuffer,

    /// <summary>A buffer of the kernel whose length is checked when it is attached or run.</summary>
    Buffer,

    XdpSocket,
    Socket,
    SocketCommon,
    TcpSocket,

    /// <summary>A structure of the kernel, or one that the program allocated, known by BTF.</summary>
    Btf,

    /// <summary>Memory of a known size.</summary>
    Memory,

    /// <summary>A place in an arena; any is allowed.</summary>
    Arena,

    /// <summary>A dynptr that was given as an argument, read-only.</summary>
    Dynptr,

    /// <summary>A function of the program, as callback.</summary>
    Function,
}

/// <summary>What else is true of a pointer.</summary>
[Flags]
internal enum PointerFlags : ushort
{
    None = 0,
    MayBeNull = 1 << 0,
    ReadOnly = 1 << 1,

    /// <summary>A record of a ring buffer.</summary>
    RingBuffer = 1 << 2,

    /// <summary>The kernel vouches for the object's life while the program runs.</summary>
    Trusted = 1 << 3,

    /// <summary>The object lives as long as the RCU section.</summary>
    Rcu = 1 << 4,

    /// <summary>May point anywhere: only reads that cannot fault the kernel are allowed.</summary>
    Untrusted = 1 << 5,

    /// <summary>An address of user space.</summary>
    User = 1 << 6,

    PerCpu = 1 << 7,

    /// <summary>Allocated by the program (<c>bpf_obj_new</c>).</summary>
    Allocated = 1 << 8,

    /// <summary>A borrowed reference of an object in a list or tree.</summary>
    NonOwning = 1 << 9,

    /// <summary>A slice of a dynptr.</summary>
    DynptrSlice = 1 << 10,

    /// <summary>A slice of a dynptr over a packet.</summary>
    PacketSlice = 1 << 12,

    /// <summary>A scalar that equals another one with its id plus <see cref="RegisterState.Offset"/>.</summary>
    Delta = 1 << 11,
}
