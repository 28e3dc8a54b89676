namespace Imker.Bytecode;

/// <summary>What the source nibble of a wide load says about its constant (<c>BPF_PSEUDO_*</c>).</summary>
public enum WideLoadKind : byte
{
    /// <summary>A plain 64-bit number.</summary>
    Constant = 0,

    /// <summary><c>BPF_PSEUDO_MAP_FD</c>: the low half is a map's file descriptor.</summary>
    MapFd = 1,

    /// <summary><c>BPF_PSEUDO_MAP_VALUE</c>: the low half is a map's file descriptor, the high half an offset into its only value.</summary>
    MapValue = 2,

    /// <summary><c>BPF_PSEUDO_BTF_ID</c>: the low half is the BTF id of a kernel variable, the high half its BTF object's descriptor.</summary>
    BtfId = 3,

    /// <summary><c>BPF_PSEUDO_FUNC</c>: the low half is the distance in slots to a function of the same program.</summary>
    Function = 4,

    /// <summary><c>BPF_PSEUDO_MAP_IDX</c>: as <see cref="MapFd"/>, with an index into the load's <c>fd_array</c>.</summary>
    MapIndex = 5,

    /// <summary><c>BPF_PSEUDO_MAP_IDX_VALUE</c>: as <see cref="MapValue"/>, with an index into the load's <c>fd_array</c>.</summary>
    MapIndexValue = 6,
}
