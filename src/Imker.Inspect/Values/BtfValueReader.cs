using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Imker.Btf;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>
/// Reads bytes as a value of a type: integers, enumerators by name, text in arrays of <c>char</c>, structs with the members of their
/// anonymous parts. Bytes of this machine's order. What the bytes are too short for is left out; nothing throws.
/// </summary>
public static class BtfValueReader
{
    private const int DeepestType = 32, MostElements = 64 * 1024;

    /// <param name="type">Of any kind.</param>
    /// <param name="bytes">At least as many as the type has.</param>
    public static OutputValue Read(BtfType type, ReadOnlySpan<byte> bytes) => Read(type, bytes, 0);

    private static OutputValue Read(BtfType type, ReadOnlySpan<byte> bytes, int depth)
    {
        type = type.SkipModifiers();
        if (depth > DeepestType || (type.Kind != BtfKind.Array && type.Owner.TryGetSize(type, out ulong size) && size > (ulong)bytes.Length))
            return OutputValue.None;
        return type.Kind switch
        {
            BtfKind.Int => ReadInt(type, bytes[..(int)type.Size]),
            BtfKind.Enum or BtfKind.Enum64 => ReadEnum(type, ReadNumber(bytes[..(int)type.Size], type.IsSigned)),
            BtfKind.Pointer => OutputValue.Pointer((ulong)ReadNumber(bytes[..Math.Min(bytes.Length, type.Owner.PointerSize)], isSigned: false)),
            BtfKind.Float => ReadFloat(bytes[..(int)type.Size]),
            BtfKind.Array => ReadArray(type, bytes, depth),
            BtfKind.Struct or BtfKind.Union => OutputValue.Record(ReadMembers(type, bytes, depth)),
            BtfKind.Variable => Read(type.Target, bytes, depth + 1),
            BtfKind.DataSection => OutputValue.Record(ReadVariables(type, bytes, depth)),
            _ => OutputValue.None,
        };
    }

    private static OutputValue ReadInt(BtfType type, ReadOnlySpan<byte> bytes) => (type.IntEncoding, bytes.Length) switch
    {
        (BtfIntEncoding.Bool, 1) => OutputValue.Bool(bytes[0] != 0),
        (_, > 8) => OutputValue.Text(HexOf(bytes)),
        (var encoding, _) when (encoding & BtfIntEncoding.Signed) != 0 => OutputValue.Signed(ReadNumber(bytes, isSigned: true)),
        _ => OutputValue.Unsigned((ulong)ReadNumber(bytes, isSigned: false)),
    };

    // The bytes of a number that no .NET integer of ours holds, the highest first.
    private static string HexOf(ReadOnlySpan<byte> bytes)
    {
        byte[] ordered = bytes.ToArray();
        if (BitConverter.IsLittleEndian)
            Array.Reverse(ordered);
        return "0x" + Convert.ToHexStringLower(ordered);
    }

    private static OutputValue ReadEnum(BtfType type, long value)
    {
        foreach (BtfEnumerator enumerator in type.Enumerators)
        {
            if (enumerator.Value == value)
                return OutputValue.Text(enumerator.Name);
        }
        return type.IsSigned ? OutputValue.Signed(value) : OutputValue.Unsigned((ulong)value);
    }

    private static OutputValue ReadFloat(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => OutputValue.Text(BitConverter.ToSingle(bytes).ToString(CultureInfo.InvariantCulture)),
        8 => OutputValue.Text(BitConverter.ToDouble(bytes).ToString(CultureInfo.InvariantCulture)),
        _ => OutputValue.Text(HexOf(bytes)),
    };

    private static OutputValue ReadArray(BtfType type, ReadOnlySpan<byte> bytes, int depth)
    {
        BtfType element = type.Target.SkipModifiers();
        if (!type.Owner.TryGetSize(element, out ulong size) || size == 0 || size > (ulong)bytes.Length)
            return OutputValue.Array([]);
        // An array without a length, at the end of a struct, takes what is left.
        int count = (int)Math.Min(type.ElementCount == 0 ? ulong.MaxValue : type.ElementCount, Math.Min((ulong)bytes.Length / size, MostElements));
        if (IsChar(element) && TryReadText(bytes[..count], out OutputValue text))
            return text;
        var items = ImmutableArray.CreateBuilder<OutputValue>(count);
        for (int i = 0; i < count; i++)
            items.Add(Read(element, bytes.Slice(i * (int)size, (int)size), depth + 1));
        return OutputValue.Array(items.MoveToImmutable());
    }

    private static bool IsChar(BtfType type) => type.Kind == BtfKind.Int && type.Size == 1 && (type.Name == "char" || (type.IntEncoding & BtfIntEncoding.Char) != 0);

    // A text ends with a zero or fills its array.
    private static bool TryReadText(ReadOnlySpan<byte> bytes, out OutputValue text)
    {
        int end = bytes.IndexOf((byte)0);
        text = OutputValue.Text(end < 0 ? bytes : bytes[..end]);
        return end >= 0 || System.Text.Unicode.Utf8.IsValid(bytes);
    }

    private static ImmutableArray<OutputField> ReadMembers(BtfType type, ReadOnlySpan<byte> bytes, int depth)
    {
        var fields = ImmutableArray.CreateBuilder<OutputField>();
        foreach (BtfMember member in type.Members)
        {
            OutputValue value = ReadMember(member, bytes, depth);
            if (member.NameBytes.IsEmpty && value.Kind == OutputValueKind.Record)
                fields.AddRange(value.Fields);
            else if (value.Kind != OutputValueKind.None)
                fields.Add(new OutputField(member.Name, value));
        }
        return fields.ToImmutable();
    }

    private static OutputValue ReadMember(BtfMember member, ReadOnlySpan<byte> bytes, int depth)
    {
        if (member.BitfieldSize != 0)
            return ReadBitfield(member, bytes);
        int offset = (int)(member.BitOffset / 8);
        return offset <= bytes.Length ? Read(member.Type, bytes[offset..], depth + 1) : OutputValue.None;
    }

    private static OutputValue ReadBitfield(BtfMember member, ReadOnlySpan<byte> bytes)
    {
        int first = (int)member.BitOffset, size = (int)member.BitfieldSize;
        if (size > 64 || (first + size + 7) / 8 > bytes.Length)
            return OutputValue.None;
        ulong bits = 0;
        for (int i = 0; i < size; i++)
        {
            int bit = first + i;
            int within = BitConverter.IsLittleEndian ? bit % 8 : 7 - bit % 8;
            ulong value = (ulong)(bytes[bit / 8] >> within & 1);
            bits |= value << (BitConverter.IsLittleEndian ? i : size - 1 - i);
        }
        BtfType type = member.Type.SkipModifiers();
        bool isSigned = type.Kind == BtfKind.Int && type.IsSigned;
        long number = isSigned && size < 64 ? (long)(bits << 64 - size) >> 64 - size : (long)bits;
        return type.Kind is BtfKind.Enum or BtfKind.Enum64 ? ReadEnum(type, number)
            : isSigned ? OutputValue.Signed(number) : OutputValue.Unsigned((ulong)number);
    }

    private static ImmutableArray<OutputField> ReadVariables(BtfType section, ReadOnlySpan<byte> bytes, int depth)
    {
        var fields = ImmutableArray.CreateBuilder<OutputField>();
        foreach (BtfSectionEntry entry in section.SectionEntries)
        {
            if (entry.Offset + (ulong)entry.Size > (ulong)bytes.Length)
                continue;
            OutputValue value = Read(entry.Variable, bytes.Slice((int)entry.Offset, (int)entry.Size), depth + 1);
            if (value.Kind != OutputValueKind.None)
                fields.Add(new OutputField(entry.Variable.Name, value));
        }
        return fields.ToImmutable();
    }

    private static long ReadNumber(ReadOnlySpan<byte> bytes, bool isSigned) => (bytes.Length, isSigned) switch
    {
        (1, true) => (sbyte)bytes[0],
        (1, false) => bytes[0],
        (2, true) => BitConverter.ToInt16(bytes),
        (2, false) => BitConverter.ToUInt16(bytes),
        (4, true) => BitConverter.ToInt32(bytes),
        (4, false) => BitConverter.ToUInt32(bytes),
        (8, _) => BitConverter.ToInt64(bytes),
        _ => ReadOddNumber(bytes),
    };

    private static long ReadOddNumber(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[sizeof(long)];
        whole.Clear();
        bytes[..Math.Min(bytes.Length, whole.Length)].CopyTo(whole);
        return BinaryPrimitives.ReadInt64LittleEndian(whole);
    }
}
