namespace Imker.Bytecode;

/// <summary>What the source nibble of a call says about its constant.</summary>
public enum CallKind : byte
{
    /// <summary>A helper by its number.</summary>
    Helper = 0,

    /// <summary><c>BPF_PSEUDO_CALL</c>: a function of the same program by its distance in slots.</summary>
    Function = 1,

    /// <summary><c>BPF_PSEUDO_KFUNC_CALL</c>: a kernel function by its BTF id; the offset is 0 for vmlinux, else an index into <c>fd_array</c>.</summary>
    Kfunc = 2,
}
