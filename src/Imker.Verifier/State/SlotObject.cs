namespace Imker.Verifier.State;

/// <summary>A dynptr, an iterator or an interrupt flag that lies on the stack; it takes one or two slots.</summary>
internal struct SlotObject
{
    public SlotObjectKind Kind;

    /// <summary>The slot at the object's start (its lowest address), of those that it takes.</summary>
    public bool IsFirst;

    public bool IsReadOnly;

    /// <summary>Of an iterator: it has given its last element.</summary>
    public bool IsDrained;

    /// <summary>Iterations that were walked on this path.</summary>
    public int Depth;

    /// <summary>The number that its slices carry.</summary>
    public int Id;

    public int ReferenceId;

    /// <summary>Of an iterator the kernel's name: <c>num</c>, <c>task</c>.</summary>
    public string? Name;
}

internal enum SlotObjectKind : byte
{
    None,
    LocalDynptr,
    RingBufferDynptr,
    PacketDynptr,
    XdpDynptr,
    Iterator,
    IrqFlag,
}
