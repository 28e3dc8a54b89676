namespace Imker.Verifier.State;

/// <summary>What a byte of the stack holds.</summary>
internal enum SlotKind : byte
{
    /// <summary>Never written.</summary>
    Unset,

    /// <summary>A byte of a register that was spilled.</summary>
    Spill,

    /// <summary>Some data.</summary>
    Data,

    Zero,
    Dynptr,
    Iterator,
    IrqFlag,
}
