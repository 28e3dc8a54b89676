using System.Collections.Immutable;
using Imker.Objects;

namespace Imker.Script.Types;

/// <summary>The type of a value of the trace language. Records: equal types are equal.</summary>
public abstract record ScriptType
{
    /// <summary>What a statement-like call gives: nothing.</summary>
    public static NoneType None { get; } = new();

    public static BooleanType Boolean { get; } = new();

    public static IntegerType Int8 { get; } = new(1, true);

    public static IntegerType Int16 { get; } = new(2, true);

    public static IntegerType Int32 { get; } = new(4, true);

    public static IntegerType Int64 { get; } = new(8, true);

    public static IntegerType UInt8 { get; } = new(1, false);

    public static IntegerType UInt16 { get; } = new(2, false);

    public static IntegerType UInt32 { get; } = new(4, false);

    public static IntegerType UInt64 { get; } = new(8, false);

    /// <summary>Bytes that a value takes in memory.</summary>
    public abstract int Size { get; }

    /// <summary>Fits a register: integers, booleans, pointers, enumerations, kernel symbols, timestamps.</summary>
    public virtual bool IsScalar => false;

    /// <summary>As scripts write it.</summary>
    public abstract override string ToString();
}

public sealed record NoneType : ScriptType
{
    public override int Size => 0;

    public override string ToString() => "none";
}

public sealed record BooleanType : ScriptType
{
    public override int Size => 1;

    public override bool IsScalar => true;

    public override string ToString() => "bool";
}

/// <param name="Bytes">1, 2, 4 or 8.</param>
/// <param name="IsSigned">Two's complement.</param>
public sealed record IntegerType(int Bytes, bool IsSigned) : ScriptType
{
    public override int Size => Bytes;

    public override bool IsScalar => true;

    public static IntegerType Of(int bytes, bool isSigned) => new(bytes, isSigned);

    public override string ToString() => $"{(IsSigned ? "" : "u")}int{Bytes * 8}";
}

/// <summary>An enumeration of C: an integer whose values have names.</summary>
public sealed record EnumType(string Name, int Bytes, bool IsSigned, ImmutableArray<EnumName> Names) : ScriptType
{
    public override int Size => Bytes;

    public override bool IsScalar => true;

    public override string ToString() => $"enum {Name}";

    public bool Equals(EnumType? other) => other is not null && Name == other.Name && Bytes == other.Bytes;

    public override int GetHashCode() => HashCode.Combine(Name, Bytes);
}

/// <param name="Capacity">Bytes, the NUL at the end included when the text is shorter.</param>
public sealed record StringType(int Capacity) : ScriptType
{
    public override int Size => Capacity;

    public override string ToString() => $"string[{Capacity}]";
}

/// <summary>Raw bytes with a length that is known at run time.</summary>
/// <param name="Capacity">Bytes of data at most; in memory a 32-bit length stands before them.</param>
public sealed record BufferType(int Capacity) : ScriptType
{
    public override int Size => 4 + Capacity;

    public override string ToString() => $"buffer[{Capacity}]";
}

/// <summary>Which memory an address means.</summary>
public enum AddressSpace
{
    /// <summary>Not known from the type: the probe's kind decides, or the address itself.</summary>
    Unknown,
    Kernel,
    User,
}

/// <param name="Target">What it points to; <see cref="NoneType"/> for <c>void *</c>.</param>
/// <param name="Space">Whose memory.</param>
public sealed record PointerType(ScriptType Target, AddressSpace Space) : ScriptType
{
    public override int Size => 8;

    public override bool IsScalar => true;

    public override string ToString() => Target is NoneType ? "void *" : $"{Target} *";
}

/// <summary>Equal elements in a row.</summary>
public sealed record ArrayType(ScriptType Element, int Count) : ScriptType
{
    public override int Size => Element.Size * Count;

    public override string ToString() => $"{Element}[{Count}]";
}

/// <summary>
/// A structure or union of C. Its fields are looked up when they are asked for: kernel structures are large and refer to
/// each other in circles. Equal by name and layout source.
/// </summary>
public sealed record StructType(string Name, int Bytes, bool IsUnion, IStructLayout Layout) : ScriptType
{
    public override int Size => Bytes;

    public override string ToString() => $"{(IsUnion ? "union" : "struct")} {Name}";

    public bool Equals(StructType? other) =>
        other is not null && Name == other.Name && Bytes == other.Bytes && IsUnion == other.IsUnion;

    public override int GetHashCode() => HashCode.Combine(Name, Bytes);
}

/// <summary>Knows the fields of a structure: from BTF, or from a definition in the script.</summary>
public interface IStructLayout
{
    /// <summary>A field by name, also one of an anonymous member; null when there is none.</summary>
    StructField? Find(string name);

    /// <summary>All fields in order, those of anonymous members in their place.</summary>
    IReadOnlyList<StructField> Fields { get; }
}

/// <param name="Name">The field's name.</param>
/// <param name="Type">Its type; of a bit field, the integer type that it is declared with.</param>
/// <param name="Offset">Bytes from the start of the structure; of a bit field, of the bytes that hold it.</param>
/// <param name="BitOffset">Of a bit field: bits from <paramref name="Offset"/>, counted from the least significant.</param>
/// <param name="BitSize">Of a bit field: its width; 0 for other fields.</param>
public sealed record StructField(string Name, ScriptType Type, int Offset, int BitOffset = 0, int BitSize = 0);

/// <summary>Values side by side.</summary>
public sealed record TupleType(ImmutableArray<ScriptType> Elements) : ScriptType
{
    public override int Size => TupleLayout.Of(Elements).Size;

    public override string ToString() => $"({string.Join(", ", Elements)})";

    public bool Equals(TupleType? other) => other is not null && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode() => Elements.Aggregate(17, HashCode.Combine);
}

/// <summary>A kernel address that prints as symbol (<c>ksym</c>, <c>func</c> in kernel probes).</summary>
public sealed record KernelSymbolType : ScriptType
{
    public override int Size => 8;

    public override bool IsScalar => true;

    public override string ToString() => "ksym_t";
}

/// <summary>A user address with its process, prints as symbol (<c>usym</c>, <c>func</c> in user probes).</summary>
public sealed record UserSymbolType : ScriptType
{
    public override int Size => 16;

    public override string ToString() => "usym_t";
}

/// <summary>A stack by its id.</summary>
public sealed record StackType(bool IsUser, StackMode Mode, int MaxFrames) : ScriptType
{
    public override int Size => IsUser ? 16 : 8;

    public override string ToString() => IsUser ? "ustack_t" : "kstack_t";
}

/// <summary>An internet address of either family.</summary>
public sealed record InternetAddressType : ScriptType
{
    public override int Size => 24;

    public override string ToString() => "inet";
}

/// <summary>A hardware address.</summary>
public sealed record MacAddressType : ScriptType
{
    public override int Size => 6;

    public override string ToString() => "mac_address";
}

/// <summary>A point of the boot clock that prints by a format (<c>strftime</c>).</summary>
public sealed record TimestampType(string Format) : ScriptType
{
    public override int Size => 8;

    public override bool IsScalar => true;

    public override string ToString() => "timestamp";
}

/// <summary>A user id that prints as name.</summary>
public sealed record UserNameType : ScriptType
{
    public override int Size => 8;

    public override bool IsScalar => true;

    public override string ToString() => "username";
}

/// <summary>One of a list of texts known when the script is compiled (<c>probe</c>).</summary>
public sealed record NameIndexType(ImmutableArray<string> Names) : ScriptType
{
    public override int Size => 8;

    public override bool IsScalar => true;

    public override string ToString() => "string";

    public bool Equals(NameIndexType? other) => other is not null && Names.SequenceEqual(other.Names);

    public override int GetHashCode() => Names.Length;
}

public enum AggregateKind
{
    Count,
    Sum,
    Average,
    Minimum,
    Maximum,
    Stats,
    Log2Histogram,
    LinearHistogram,
}

/// <summary>What a map holds that is only written through <c>count()</c> and its kin.</summary>
/// <param name="Kind">Which.</param>
/// <param name="IsSigned">Of the numbers that went in.</param>
/// <param name="Bits">Of a logarithmic histogram: 0 to 5.</param>
/// <param name="Min">Of a linear histogram.</param>
/// <param name="Max">Of a linear histogram.</param>
/// <param name="Step">Of a linear histogram.</param>
public sealed record AggregateType(
    AggregateKind Kind, bool IsSigned = true, int Bits = 0, long Min = 0, long Max = 0, long Step = 0) : ScriptType
{
    public override int Size => DataTypes.Of(this).Size;

    public override string ToString() => Kind switch
    {
        AggregateKind.Average => "avg_t",
        AggregateKind.Minimum => "min_t",
        AggregateKind.Maximum => "max_t",
        AggregateKind.Log2Histogram => "hist_t",
        AggregateKind.LinearHistogram => "lhist_t",
        _ => $"{Kind.ToString().ToLowerInvariant()}_t",
    };
}
