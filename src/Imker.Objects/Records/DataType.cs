using System.Collections.Immutable;

namespace Imker.Objects;

/// <summary>How bytes in a record, a map's key or a map's value are to be read and shown. All integers are in the target's byte order.</summary>
/// <param name="Size">Bytes that the value takes where it stands; for variable data in a record, the most that it may take.</param>
public abstract record DataType(int Size);

/// <param name="Size">1, 2, 4 or 8.</param>
/// <param name="IsSigned">Two's complement.</param>
public sealed record IntegerData(int Size, bool IsSigned) : DataType(Size);

/// <summary>One byte, 0 or 1.</summary>
public sealed record BooleanData() : DataType(1);

/// <summary>Text of at most <paramref name="Size"/> bytes, ended by a NUL byte when shorter; the encoding is whatever was traced.</summary>
public sealed record StringData(int Size) : DataType(Size);

/// <summary>Raw bytes: a 32-bit length, then that many bytes.</summary>
public sealed record BufferData(int Size) : DataType(Size);

/// <summary>A 64-bit address, shown in hexadecimal.</summary>
public sealed record PointerData() : DataType(8);

/// <summary>An enumeration: an integer with names for some of its values.</summary>
public sealed record EnumData(int Size, bool IsSigned, string Name, ImmutableArray<EnumName> Names) : DataType(Size);

public readonly record struct EnumName(long Value, string Name);

/// <summary>Values side by side, at the offsets given.</summary>
public sealed record TupleData(int Size, ImmutableArray<DataField> Fields) : DataType(Size);

/// <summary>Values side by side with names: a C structure or a record.</summary>
public sealed record StructData(int Size, string Name, ImmutableArray<DataField> Fields) : DataType(Size);

/// <param name="Name">Empty in tuples.</param>
/// <param name="Offset">Bytes from the start of the whole.</param>
/// <param name="Type">What stands there.</param>
public readonly record struct DataField(string Name, int Offset, DataType Type);

/// <summary>Equal elements in a row.</summary>
public sealed record ArrayData(DataType Element, int Count) : DataType(Element.Size * Count);

/// <summary>A 64-bit kernel address, shown as symbol.</summary>
public sealed record KernelSymbolData() : DataType(8);

/// <summary>A user address, shown as symbol: 64-bit address, 32-bit process id, 32-bit padding.</summary>
public sealed record UserSymbolData() : DataType(16);

/// <summary>
/// A stack: 64-bit id in the map <paramref name="StackMap"/>; user stacks have a 32-bit process id and 32-bit padding behind it.
/// </summary>
/// <param name="StackMap">The <c>STACK_TRACE</c> map.</param>
/// <param name="IsUser">A user stack.</param>
/// <param name="Mode">How frames are shown.</param>
/// <param name="MaxFrames">Frames shown at most.</param>
public sealed record StackData(string StackMap, bool IsUser, StackMode Mode, int MaxFrames) : DataType(IsUser ? 16 : 8);

public enum StackMode
{
    /// <summary><c>name+offset</c></summary>
    Bpftrace,

    /// <summary><c>address name+offset (module)</c></summary>
    Perf,

    /// <summary>Addresses alone.</summary>
    Raw,
}

/// <summary>An internet address: 64-bit family (AF_INET or AF_INET6), 16 bytes of address in network order.</summary>
public sealed record InternetAddressData() : DataType(24);

/// <summary>A hardware address, six bytes.</summary>
public sealed record MacAddressData() : DataType(6);

/// <summary>A point in time: nanoseconds of the boot clock, formatted as strftime(3) does.</summary>
public sealed record TimestampData(string Format) : DataType(8);

/// <summary>A user id, shown as name.</summary>
public sealed record UserNameData() : DataType(8);

/// <summary>An index into a list of texts known at compile time: probe names, function names.</summary>
public sealed record NameIndexData(ImmutableArray<string> Names) : DataType(8);

/// <summary>A value that is gathered per CPU; the reader combines the CPUs' parts.</summary>
public abstract record AggregateData(int Size) : DataType(Size);

/// <summary>One 64-bit cell.</summary>
public sealed record CountData() : AggregateData(8);

/// <summary>One 64-bit cell.</summary>
public sealed record SumData(bool IsSigned) : AggregateData(8);

/// <summary>
/// 64-bit rank, 64-bit flag: 1 when it is set. The rank grows as the value falls, so that zero is the weakest and programs
/// only ever raise it; see <see cref="ExtremumRank"/>.
/// </summary>
public sealed record MinData(bool IsSigned) : AggregateData(16);

/// <summary>As <see cref="MinData"/>, with a rank that grows as the value does.</summary>
public sealed record MaxData(bool IsSigned) : AggregateData(16);

/// <summary>The order-preserving form in which programs keep extrema: an unsigned number whose zero is the weakest value.</summary>
public static class ExtremumRank
{
    /// <summary>What a value is exclusive-ored with to become its rank, and a rank to become its value.</summary>
    public static long Mask(bool isSigned, bool isMinimum) => (isSigned ? long.MinValue : 0) ^ (isMinimum ? -1 : 0);
}

/// <summary>64-bit total, 64-bit count.</summary>
public sealed record AverageData(bool IsSigned) : AggregateData(16);

/// <inheritdoc cref="AverageData"/>
public sealed record StatsData(bool IsSigned) : AggregateData(16);

/// <summary>
/// Logarithmic histogram of 64-bit cells: cell 0 holds negative values, cells 1 to 2^bits single values from 0 on, the
/// others 2^bits cells for each power of two.
/// </summary>
/// <param name="Bits">0 to 5.</param>
public sealed record Log2HistogramData(int Bits) : AggregateData(8 * CellCount(Bits))
{
    /// <summary>Cells for the values of a 64-bit signed integer.</summary>
    public static int CellCount(int bits) => 1 + ((64 - bits) << bits);
}

/// <summary>Linear histogram of 64-bit cells: below <paramref name="Min"/>, the steps, at or above <paramref name="Max"/>.</summary>
public sealed record LinearHistogramData(long Min, long Max, long Step)
    : AggregateData(checked(8 * (int)((Max - Min) / Step + 2)));
