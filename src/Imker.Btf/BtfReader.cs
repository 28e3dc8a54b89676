using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Imker.Diagnostics;

namespace Imker.Btf;

/// <summary>Checks the bytes of a BTF and finds where its types start, in one walk.</summary>
internal sealed class BtfReader(string name, ReadOnlyMemory<byte> bytes, BtfFile? baseBtf)
{
    private readonly uint firstId = baseBtf?.Count ?? 1;
    private readonly List<uint> forwardChains = [];
    private bool isLittleEndian;
    private int typesStart;
    private int[] places = [];
    private int count;
    private uint highestType;
    private uint highestName;

    public BtfFile Read()
    {
        ((int Start, int Length) types, (int Start, int Length) strings) = ReadHeader();
        typesStart = types.Start;
        ReadOnlyMemory<byte> typeBytes = InHostOrder(bytes.Slice(types.Start, types.Length));
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(typeBytes.Span);
        Walk(words);

        if (highestType >= TypesEnd || highestName >= StringsEnd(strings.Length))
            throw FindFault(words, StringsEnd(strings.Length));
        var btf = new BtfFile(name, baseBtf, isLittleEndian, typeBytes, bytes.Slice(strings.Start, strings.Length), places, count);
        foreach (uint id in forwardChains)
            CheckChain(btf[id]);
        return btf;
    }

    private ((int Start, int Length) Types, (int Start, int Length) Strings) ReadHeader()
    {
        ReadOnlySpan<byte> header = bytes.Span;
        if (header.Length < BtfLayout.HeaderSize)
            throw NotBtf($"{header.Length} bytes are less than its header has ({BtfLayout.HeaderSize})");
        ushort magic = BinaryPrimitives.ReadUInt16LittleEndian(header);
        isLittleEndian = magic == BtfLayout.Magic;
        if (!isLittleEndian && BinaryPrimitives.ReverseEndianness(magic) != BtfLayout.Magic)
            throw NotBtf("it does not start with eb9f");
        if (header[2] != BtfLayout.Version)
            throw Malformed(2, $"version {header[2]}, known is {BtfLayout.Version}");
        uint headerSize = U32(header, 4);
        if (headerSize < BtfLayout.HeaderSize || headerSize > header.Length)
            throw Malformed(4, $"a header of {headerSize} bytes in {header.Length}");

        (int Start, int Length) types = Section(header, headerSize, 8, "types"), strings = Section(header, headerSize, 16, "strings");
        if (types.Length % sizeof(uint) != 0)
            throw Malformed(12, $"the types have {types.Length} bytes, no whole number of words");
        CheckStrings(header.Slice(strings.Start, strings.Length), strings.Start);
        return (types, strings);
    }

    private (int Start, int Length) Section(ReadOnlySpan<byte> header, uint headerSize, int at, string what)
    {
        ulong start = (ulong)headerSize + U32(header, at), length = U32(header, at + 4);
        if (start + length > (ulong)bytes.Length)
            throw Malformed(at, $"the {what} ({length} bytes from {start} on) end past the end of the data ({bytes.Length} bytes)");
        return ((int)start, (int)length);
    }

    private void CheckStrings(ReadOnlySpan<byte> strings, int start)
    {
        if (strings.IsEmpty && baseBtf is not null)
            return;
        if (strings.IsEmpty || baseBtf is null && strings[0] != 0)
            throw Malformed(start, "the strings do not start with the empty one");
        if (strings[^1] != 0)
            throw Malformed(start + strings.Length - 1, "the last string does not end");
    }

    // Types are words and nothing else: turned once, they are read as fast as those of this machine's order.
    private ReadOnlyMemory<byte> InHostOrder(ReadOnlyMemory<byte> types)
    {
        if (isLittleEndian == BitConverter.IsLittleEndian)
            return types;
        byte[] turned = new byte[types.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(types.Span), MemoryMarshal.Cast<byte, uint>(turned.AsSpan()));
        return turned;
    }

    private void Walk(ReadOnlySpan<uint> words)
    {
        // A type of the kernel's BTF has seven words on average: mostly the array need not grow.
        places = new int[words.Length / 6 + 4];
        for (int at = 0; at < words.Length;)
        {
            ReadOnlySpan<uint> rest = words[at..];
            if (rest.Length < BtfLayout.HeaderWords)
                throw Malformed(OffsetOf(at), "a type ends past the end of the types");
            BtfKind kind = BtfType.KindOf(rest[1]);
            if (kind is BtfKind.Void or > BtfLayout.LastKind)
                throw UnknownKind(at, kind);
            int size = BtfLayout.WordsOf(kind, rest[1]);
            if (rest.Length < size)
                throw Malformed(OffsetOf(at), $"a type of kind {kind} and {size} words ends past the end of the types");
            Note(kind, rest[..size]);
            if (count == places.Length)
                Array.Resize(ref places, 2 * places.Length);
            places[count++] = at;
            at += size;
        }
    }

    // Keeps the highest references only: as long as these are right, all are.
    private void Note(BtfKind kind, ReadOnlySpan<uint> type)
    {
        uint highestName = Math.Max(this.highestName, type[0]), highestType = this.highestType;
        uint id = TypesEnd;
        if (BtfLayout.HasTarget(kind))
        {
            highestType = Math.Max(highestType, type[2]);
            if (type[2] >= id && BtfLayout.IsLink(kind))
                forwardChains.Add(id);
        }
        ReadOnlySpan<uint> body = type[BtfLayout.HeaderWords..];
        switch (kind)
        {
            case BtfKind.Array:
                highestType = Math.Max(highestType, Math.Max(body[0], body[1]));
                if (body[0] >= id)
                    forwardChains.Add(id);
                break;
            case BtfKind.Struct or BtfKind.Union:
                for (; body.Length >= BtfLayout.MemberWords; body = body[BtfLayout.MemberWords..])
                {
                    highestName = Math.Max(highestName, body[0]);
                    highestType = Math.Max(highestType, body[1]);
                }
                break;
            case BtfKind.FunctionPrototype:
                for (; body.Length >= BtfLayout.ParameterWords; body = body[BtfLayout.ParameterWords..])
                {
                    highestName = Math.Max(highestName, body[0]);
                    highestType = Math.Max(highestType, body[1]);
                }
                break;
            case BtfKind.Enum or BtfKind.Enum64:
                int step = kind == BtfKind.Enum ? BtfLayout.EnumeratorWords : BtfLayout.Enumerator64Words;
                for (; body.Length >= step; body = body[step..])
                    highestName = Math.Max(highestName, body[0]);
                break;
            case BtfKind.DataSection:
                for (; body.Length >= BtfLayout.SectionEntryWords; body = body[BtfLayout.SectionEntryWords..])
                    highestType = Math.Max(highestType, body[0]);
                break;
        }
        (this.highestName, this.highestType) = (highestName, highestType);
    }

    private uint TypesEnd => firstId + (uint)count;

    private uint StringsEnd(int length) => (baseBtf?.StringsEnd ?? 0) + (uint)length;

    private DiagnosticException FindFault(ReadOnlySpan<uint> words, uint stringsEnd)
    {
        uint end = TypesEnd;
        (highestName, highestType, count) = (0, 0, 0);
        for (; ; count++)
        {
            int at = places[count];
            BtfKind kind = BtfType.KindOf(words[at + 1]);
            Note(kind, words.Slice(at, BtfLayout.WordsOf(kind, words[at + 1])));
            if (highestType >= end)
                return Malformed(OffsetOf(at), $"type {TypesEnd} refers to type {highestType}, the last is {end - 1}");
            if (highestName >= stringsEnd)
                return Malformed(OffsetOf(at), $"type {TypesEnd} has a name at {highestName} of {stringsEnd} bytes of strings");
        }
    }

    // Every circle of them goes forward somewhere; the kernel follows 32 (MAX_RESOLVE_DEPTH).
    private void CheckChain(BtfType first)
    {
        BtfType type = first;
        for (int steps = 0; BtfLayout.IsLink(type.Kind); steps++)
        {
            if (steps == BtfFile.MaxDepth)
                throw Malformed(OffsetOf(places[first.Id - firstId]),
                    $"type {first.Id} begins a chain of more than {BtfFile.MaxDepth} typedefs, qualifiers, arrays and variables, or a circle of them");
            type = type.Target;
        }
    }

    private int OffsetOf(int word) => typesStart + word * sizeof(uint);

    private uint U32(ReadOnlySpan<byte> span, int offset) => isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(span[offset..])
        : BinaryPrimitives.ReadUInt32BigEndian(span[offset..]);

    private DiagnosticException UnknownKind(int at, BtfKind kind) => Failure(BtfDiagnosticId.UnknownKind,
        $"offset 0x{OffsetOf(at):x}: type {TypesEnd} has kind {(int)kind}, known are 1 to {(int)BtfLayout.LastKind}");

    private DiagnosticException NotBtf(string problem) => Failure(BtfDiagnosticId.NotBtf, $"it is no BTF: {problem}");

    private DiagnosticException Malformed(int offset, string problem) => Failure(BtfDiagnosticId.Malformed, $"offset 0x{offset:x}: {problem}");

    private DiagnosticException Failure(string id, string problem) =>
        new([new Diagnostic(Severity.Error, id, SourceSpan.None, $"cannot read BTF of {name}: {problem}")]);
}
