using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using Imker.Objects;
using Imker.Rendering;

namespace Imker.Tracing.Records;

/// <summary>Makes values to be shown of the bytes in records and maps, as their <see cref="DataType"/> says.</summary>
internal sealed class ValueReader(AddressNames names, WallClock clock, TruncationMark mark)
{
    private const int InternetFamily6 = 10;

    /// <param name="type">What stands there.</param>
    /// <param name="bytes">At least the type's size; of a variable field, the bytes that were sent.</param>
    public OutputValue Read(DataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        IntegerData integer => integer.IsSigned
            ? OutputValue.Signed(Integer(bytes, integer.Size, true))
            : OutputValue.Unsigned((ulong)Integer(bytes, integer.Size, false)),
        BooleanData => OutputValue.Bool(bytes[0] != 0),
        StringData text => ReadText(text, bytes),
        BufferData => OutputValue.Buffer(BufferBytes(bytes)),
        PointerData => OutputValue.Pointer(Word(bytes)),
        EnumData e => ReadEnum(e, bytes),
        TupleData tuple => OutputValue.Tuple([.. ReadFields(tuple.Fields, bytes).Select(f => f.Value)]),
        StructData structure => OutputValue.Record(ReadFields(structure.Fields, bytes)),
        ArrayData array => ReadArray(array, bytes),
        KernelSymbolData => OutputValue.Text(names.Kernel(Word(bytes))),
        UserSymbolData => OutputValue.Text(names.User(Word(bytes), (int)Word(bytes[8..]))),
        StackData stack => OutputValue.Stack(names.Stack(stack, (long)Word(bytes), stack.IsUser ? (int)Word(bytes[8..]) : 0)),
        InternetAddressData => OutputValue.Text(InternetAddress(bytes)),
        MacAddressData => OutputValue.Text(string.Join(':', bytes[..6].ToArray().Select(b => b.ToString("X2")))),
        TimestampData timestamp => OutputValue.Text(clock.Format(timestamp.Format, Word(bytes))),
        UserNameData => OutputValue.Text(UserNames.Of((uint)Word(bytes))),
        NameIndexData index => OutputValue.Text(Word(bytes) is var i && i < (ulong)index.Names.Length ? index.Names[(int)i] : ""),
        _ => throw new ArgumentException($"{type.GetType().Name} is no single value.", nameof(type)),
    };

    /// <summary>An integer of 1, 2, 4 or 8 bytes, extended to 64 bits.</summary>
    public static long Integer(ReadOnlySpan<byte> bytes, int size, bool isSigned) => (size, isSigned) switch
    {
        (1, true) => (sbyte)bytes[0],
        (1, false) => bytes[0],
        (2, true) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };

    public static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>The bytes before the NUL.</summary>
    public static ReadOnlySpan<byte> TextBytes(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }

    /// <summary>What is to be shown behind a text because it was cut; empty when it is whole.</summary>
    public ReadOnlySpan<byte> MarkBehind(StringData type, ReadOnlySpan<byte> text) => mark.Behind(type, text);

    private static ReadOnlySpan<byte> BufferBytes(ReadOnlySpan<byte> bytes)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return bytes.Slice(4, Math.Clamp(length, 0, bytes.Length - 4));
    }

    private OutputValue ReadText(StringData type, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = TextBytes(bytes[..Math.Min(bytes.Length, type.Size)]);
        ReadOnlySpan<byte> trailer = MarkBehind(type, text);
        return OutputValue.Text(trailer.IsEmpty ? text : [.. text, .. trailer]);
    }

    private static OutputValue ReadEnum(EnumData type, ReadOnlySpan<byte> bytes)
    {
        long value = Integer(bytes, type.Size, type.IsSigned);
        foreach (EnumName name in type.Names)
        {
            if (name.Value == value)
                return OutputValue.Named(name.Name, (ulong)value);
        }
        return OutputValue.Signed(value);
    }

    private ImmutableArray<OutputField> ReadFields(ImmutableArray<DataField> fields, ReadOnlySpan<byte> bytes)
    {
        var values = ImmutableArray.CreateBuilder<OutputField>(fields.Length);
        foreach (DataField field in fields)
            values.Add(new OutputField(field.Name, Read(field.Type, bytes[field.Offset..])));
        return values.MoveToImmutable();
    }

    private OutputValue ReadArray(ArrayData array, ReadOnlySpan<byte> bytes)
    {
        var items = ImmutableArray.CreateBuilder<OutputValue>(array.Count);
        for (int i = 0; i < array.Count; i++)
            items.Add(Read(array.Element, bytes[(i * array.Element.Size)..]));
        return OutputValue.Array(items.MoveToImmutable());
    }

    private static string InternetAddress(ReadOnlySpan<byte> bytes) =>
        new IPAddress(bytes.Slice(8, Word(bytes) == InternetFamily6 ? 16 : 4)).ToString();
}
