using Imker.Verifier.State;

namespace Imker.Verifier.Context;

/// <summary>Whether an access to the context is allowed, and what a load leaves.</summary>
internal readonly record struct ContextAnswer(bool IsAllowed, RegisterKind Kind = RegisterKind.Scalar, PointerFlags Flags = PointerFlags.None, string? KernelType = null)
{
    public static ContextAnswer No => default;

    public static ContextAnswer Number => new(true);

    public static ContextAnswer If(bool isAllowed) => new(isAllowed);

    public static ContextAnswer Pointer(RegisterKind kind, PointerFlags flags = PointerFlags.None) => new(true, kind, flags);
}

/// <summary>An access to a context.</summary>
/// <param name="Offset">Bytes from its start.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsWrite">A store.</param>
/// <param name="IsSigned">A load that extends the sign; pointers are not loaded so.</param>
internal readonly record struct ContextAccess(int Offset, int Size, bool IsWrite, bool IsSigned)
{
    public bool IsAligned => Offset % Size == 0;

    public bool IsRead => !IsWrite;

    /// <summary>Exactly a field.</summary>
    public bool Is(int offset, int size) => Offset == offset && Size == size;

    /// <summary>Within bytes, the last one excluded.</summary>
    public bool IsIn(int from, int to) => Offset >= from && Offset < to;

    /// <summary>A load of a part of a field of so many bytes, that the kernel can cut out (<c>bpf_ctx_narrow_access_ok</c>).</summary>
    public bool IsPartOf(int fieldSize) => IsRead && Size <= fieldSize && (Size & Size - 1) == 0;
}
