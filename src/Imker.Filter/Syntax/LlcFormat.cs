namespace Imker.Filter.Syntax;

/// <summary>What the control byte of an IEEE 802.2 header must be.</summary>
/// <param name="Value">The bits that are compared.</param>
/// <param name="Mask">Which bits are.</param>
public readonly record struct LlcFormat(uint Value, uint Mask);
