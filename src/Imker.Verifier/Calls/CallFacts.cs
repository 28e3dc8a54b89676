using Imker.Verifier.Code;
using Imker.Verifier.State;

namespace Imker.Verifier.Calls;

/// <summary>What the arguments of a call turned out to be, for those behind them and for the result.</summary>
internal sealed class CallFacts
{
    public MapInfo? Map { get; set; }

    /// <summary>A key that is known, of a map with numbers for keys.</summary>
    public long? ConstantKey { get; set; }

    /// <summary>The reference that an argument carries.</summary>
    public int ReferenceId { get; set; }

    /// <summary>The register whose reference is given away; 0 for none.</summary>
    public int ReleasedRegister { get; set; }

    /// <summary>Stack that the call fills: the register, and how many bytes.</summary>
    public int FilledRegister { get; set; }

    public int FilledSize { get; set; }

    /// <summary>The size that was passed, where it is a constant: of what the call allocates or returns.</summary>
    public int Size { get; set; }

    /// <summary>The most bytes that a size argument may ask for.</summary>
    public ulong LargestSize { get; set; }

    public Subprogram? Callback { get; set; }

    /// <summary>Of a dynptr that was passed, what it is.</summary>
    public SlotObjectKind DynptrKind { get; set; }

    public int DynptrId { get; set; }

    /// <summary>A structure of the kernel that was passed.</summary>
    public RegisterState Object { get; set; }

    /// <summary>The field of a map's value that was passed.</summary>
    public SpecialField? Field { get; set; }
}
