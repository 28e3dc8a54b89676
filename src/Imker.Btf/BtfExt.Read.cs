using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Btf;

public sealed partial record BtfExt
{
    /// <summary>Reads a section <c>.BTF.ext</c> of either byte order.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="btf">The types and strings that it refers to.</param>
    /// <exception cref="DiagnosticException">It is none, or contradicts itself or <paramref name="btf"/>.</exception>
    public static BtfExt Read(string name, ReadOnlySpan<byte> bytes, BtfFile btf)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(btf);
        return new Reader(name, bytes, btf).Read();
    }

    /// <summary>As <see cref="Read"/>, with the findings as a value.</summary>
    public static bool TryRead(
        string name, ReadOnlySpan<byte> bytes, BtfFile btf, [NotNullWhen(true)] out BtfExt? ext, out ImmutableArray<Diagnostic> diagnostics)
    {
        try
        {
            (ext, diagnostics) = (Read(name, bytes, btf), []);
            return true;
        }
        catch (DiagnosticException e)
        {
            (ext, diagnostics) = (null, e.Diagnostics);
            return false;
        }
    }

    private ref struct Reader(string name, ReadOnlySpan<byte> bytes, BtfFile btf)
    {
        // Where the header tells of each table.
        private const int FunctionsField = 8;
        private const int LinesField = 16;
        private const int RelocationsField = 24;

        private readonly ReadOnlySpan<byte> bytes = bytes;
        private readonly Dictionary<uint, Parts> parts = [];
        private readonly List<uint> names = [];
        private bool isLittleEndian;

        public BtfExt Read()
        {
            if (bytes.Length < HeaderSizeWithoutRelocations)
                throw Failure(BtfDiagnosticId.NotBtf, $"it is no .BTF.ext: {bytes.Length} bytes are less than its header has");
            ushort magic = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            isLittleEndian = magic == BtfLayout.Magic;
            if (!isLittleEndian && BinaryPrimitives.ReverseEndianness(magic) != BtfLayout.Magic)
                throw Failure(BtfDiagnosticId.NotBtf, "it is no .BTF.ext: it does not start with eb9f");
            if (bytes[2] != BtfLayout.Version)
                throw Malformed(2, $"version {bytes[2]}, known is {BtfLayout.Version}");
            int headerSize = (int)Math.Min(U32(4), int.MaxValue);
            if (headerSize < HeaderSizeWithoutRelocations || headerSize > bytes.Length)
                throw Malformed(4, $"a header of {headerSize} bytes in {bytes.Length}");

            ReadTable(headerSize, FunctionsField, FunctionRecordSize, "functions");
            ReadTable(headerSize, LinesField, LineRecordSize, "lines");
            if (headerSize >= HeaderSize)
                ReadTable(headerSize, RelocationsField, RelocationRecordSize, "relocations");
            Dictionary<uint, Parts> found = parts;
            return new BtfExt([.. names.Select(n => found[n].ToSection(n))]);
        }

        // A table is the size of its records, and for each section of code its name, a count and so many records.
        private void ReadTable(int headerSize, int field, int recordSize, string what)
        {
            ulong start = (ulong)headerSize + U32(field), size = U32(field + 4);
            if (size == 0)
                return;
            if (start + size > (ulong)bytes.Length || size < sizeof(uint))
                throw Malformed(field, $"the {what} ({size} bytes from {start} on) do not fit into the data ({bytes.Length} bytes)");
            int at = (int)start, end = (int)(start + size);
            uint step = U32(at);
            if (step < recordSize || step % sizeof(uint) != 0)
                throw Malformed(at, $"{what} of {step} bytes, expected are {recordSize} or more");
            for (at += sizeof(uint); at < end;)
            {
                if (end - at < 8)
                    throw Malformed(at, $"the {what} end in the middle of a section's header");
                uint section = U32(at), count = U32(at + 4);
                at += 8;
                if (count > (uint)(end - at) / step)
                    throw Malformed(at, $"{count} {what} of {step} bytes end past the end of their table");
                Take(section, at, (int)count, (int)step, field);
                at += (int)(count * step);
            }
        }

        private readonly void Take(uint section, int at, int count, int step, int field)
        {
            if (!parts.TryGetValue(section, out Parts? of))
            {
                parts[section] = of = new Parts();
                names.Add(Text(section, at - 8));
            }
            for (; count > 0; count--, at += step)
            {
                if (field == FunctionsField)
                    of.Functions.Add(new BtfFunctionInfo(Slot(at), Type(at + 4)));
                else if (field == LinesField)
                    of.Lines.Add(BtfLineInfo.Decode(Slot(at), Text(U32(at + 4), at + 4), Text(U32(at + 8), at + 8), U32(at + 12)));
                else
                    of.Relocations.Add(new CoreRelocation(Slot(at), Type(at + 4), Text(U32(at + 8), at + 8), (CoreRelocationKind)U32(at + 12)));
            }
        }

        private readonly uint Slot(int at)
        {
            uint offset = U32(at);
            return offset % InstructionSize == 0 ? offset / InstructionSize : throw Malformed(at, $"offset {offset} is no instruction's");
        }

        private readonly uint Type(int at)
        {
            uint id = U32(at);
            return id < btf.Count ? id : throw Malformed(at, $"type {id}, the last is {btf.Count - 1}");
        }

        private readonly uint Text(uint offset, int at) =>
            offset < btf.StringsEnd ? offset : throw Malformed(at, $"a string at {offset} of {btf.StringsEnd} bytes of strings");

        private readonly uint U32(int at) => isLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..])
            : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

        private readonly DiagnosticException Malformed(int offset, string problem) =>
            Failure(BtfDiagnosticId.Malformed, $"offset 0x{offset:x}: {problem}");

        private readonly DiagnosticException Failure(string id, string problem) =>
            new([new Diagnostic(Severity.Error, id, SourceSpan.None, $"cannot read .BTF.ext of {name}: {problem}")]);
    }

    private sealed class Parts
    {
        public List<BtfFunctionInfo> Functions { get; } = [];

        public List<BtfLineInfo> Lines { get; } = [];

        public List<CoreRelocation> Relocations { get; } = [];

        public BtfExtSection ToSection(uint name) =>
            new(name) { Functions = [.. Functions], Lines = [.. Lines], Relocations = [.. Relocations] };
    }
}
