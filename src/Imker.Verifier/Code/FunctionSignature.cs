using System.Collections.Immutable;
using Imker.Btf;

namespace Imker.Verifier.Code;

/// <summary>How the argument of a global function is passed.</summary>
internal enum ArgumentKind : byte
{
    Scalar,
    Context,

    /// <summary>Memory of a known size.</summary>
    Memory,
    Btf,
    Dynptr,
    Arena,
}

/// <summary>An argument of a global function.</summary>
/// <param name="Kind">How it is passed.</param>
/// <param name="MayBeNull">A pointer that the function has to test first.</param>
/// <param name="Size">Of memory, its bytes.</param>
/// <param name="Type">Of a structure of the kernel, which.</param>
/// <param name="IsUntrusted">May point anywhere.</param>
internal readonly record struct FunctionArgument(ArgumentKind Kind, bool MayBeNull = false, int Size = 0, BtfType? Type = null, bool IsUntrusted = false);

/// <summary>What BTF says of a global function.</summary>
/// <param name="Arguments">In their order.</param>
/// <param name="ReturnsVoid">There is no result to read.</param>
/// <param name="Problem">Why it cannot be verified by its signature; null where it can.</param>
internal sealed record FunctionSignature(ImmutableArray<FunctionArgument> Arguments, bool ReturnsVoid, string? Problem = null);
