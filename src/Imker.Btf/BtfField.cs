using System.Collections.Immutable;

namespace Imker.Btf;

/// <summary>A place in a type: where a path such as <c>a.b[3].c</c> leads.</summary>
/// <param name="Type">What is there.</param>
/// <param name="BitOffset">From the start of the outermost type.</param>
/// <param name="BitfieldSize">Bits of a bit-field, else 0.</param>
/// <param name="Access">
/// The way: 0 for the type itself, then for each step the member's or element's number, anonymous members included; what a CO-RE
/// access string holds.
/// </param>
public readonly record struct BtfField(BtfType Type, ulong BitOffset, uint BitfieldSize, ImmutableArray<uint> Access)
{
    public bool IsBitfield => BitfieldSize != 0;

    /// <summary>Bytes from the start of the outermost type to the byte with the first bit.</summary>
    public ulong ByteOffset => BitOffset / 8;

    /// <summary>The access as CO-RE records spell it: <c>0:2:1</c>.</summary>
    public string AccessString => string.Join(':', Access);

    public override string ToString() => $"{AccessString} at bit {BitOffset}: {Type}";
}
