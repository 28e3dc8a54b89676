using Imker.Btf;
using Imker.Objects;

namespace Imker.Verifier.Code;

/// <summary>A function of a program where it was laid out: the entry, or one that is called or given as callback.</summary>
internal sealed class Subprogram
{
    public required int Index { get; init; }

    public required FunctionSpec Spec { get; init; }

    /// <summary>Its first slot.</summary>
    public required int Start { get; init; }

    /// <summary>The slot behind its last.</summary>
    public required int End { get; init; }

    /// <summary>Its <c>FUNC</c> type; null where the object has none.</summary>
    public BtfType? Type { get; init; }

    /// <summary>Verified once by its signature, not with every caller.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>What the signature says of the arguments of a global function; filled when it is first called.</summary>
    public FunctionSignature? Signature { get; set; }

    /// <summary>The bytes of stack that it uses.</summary>
    public int StackDepth { get; set; }

    public bool IsCallback { get; set; }

    /// <summary>It runs later and on a stack of its own.</summary>
    public bool IsAsync { get; set; }

    /// <summary>Its walk by itself has been set aside.</summary>
    public bool IsWalkedAsync { get; set; }

    /// <summary>Calls, itself or through others, what may move packet data.</summary>
    public bool ChangesPacket { get; set; }

    /// <summary>Calls, itself or through others, what may sleep.</summary>
    public bool MaySleep { get; set; }

    public bool HasTailCall { get; set; }

    public string Name => Spec.Name;

    public override string ToString() => Name;
}
