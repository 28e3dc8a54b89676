using Imker.Compiler.Ir;

namespace Imker.Filter.Ebpf;

/// <summary>Some bytes of the packet as a big-endian number.</summary>
/// <param name="Base">What is added to the offset: nothing, a header's length, or a value.</param>
/// <param name="Offset">Of the first byte; taken together with the base it wraps at 32 bits.</param>
/// <param name="Size">1, 2 or 4.</param>
internal readonly record struct PacketPiece(PieceBase Base, uint Offset, int Size)
{
    public bool Contains(PacketPiece other) =>
        Base == other.Base && Offset <= other.Offset && other.Offset + (ulong)other.Size <= Offset + (ulong)Size;

    public bool Overlaps(PacketPiece other) =>
        Base == other.Base && Offset < other.Offset + (ulong)other.Size && other.Offset < Offset + (ulong)Size;

    /// <summary>The first half.</summary>
    public PacketPiece High => this with { Size = Size / 2 };

    /// <summary>The second half.</summary>
    public PacketPiece Low => new(Base, Offset + (uint)(Size / 2), Size / 2);
}

/// <summary>What stands before a piece of the packet.</summary>
/// <param name="Header">The offset of the byte whose low bits are a length (<c>4*([14]&amp;0xf)</c>); the same wherever it is asked for.</param>
/// <param name="Value">A number that was computed, if it is no header's length.</param>
internal readonly record struct PieceBase(uint? Header, IrValue? Value)
{
    public static PieceBase None => default;

    public static PieceBase HeaderAt(uint offset) => new(offset, null);

    /// <summary>The same on every way through the program.</summary>
    public bool IsStable => Value is null;
}
