namespace Imker.Bytecode;

/// <summary>What R0 holds after the call.</summary>
public readonly record struct HelperReturn
{
    internal HelperReturn(HelperReturnKind kind, bool mayBeNull = false, string? btfType = null)
    {
        Kind = kind;
        MayBeNull = mayBeNull;
        BtfType = btfType;
    }

    public HelperReturnKind Kind { get; }

    public bool MayBeNull { get; }

    /// <summary>The kernel structure pointed to; null when the arguments decide.</summary>
    public string? BtfType { get; }
}

public enum HelperReturnKind : byte
{
    Integer,

    /// <summary>R0 must not be read.</summary>
    Void,

    MapValue,
    Socket,
    TcpSocket,
    SocketCommon,

    /// <summary>A reserved record, as long as the <see cref="HelperArgumentKind.AllocationSize"/> says.</summary>
    RingBufferRecord,

    /// <summary>A slice of a dynptr, as long as the <see cref="HelperArgumentKind.AllocationSize"/> says.</summary>
    DynptrData,

    /// <summary>A kernel structure, read through BTF.</summary>
    BtfPointer,

    /// <summary>A per-CPU kernel variable: memory, or a structure known by BTF.</summary>
    PerCpuVariable,
}
