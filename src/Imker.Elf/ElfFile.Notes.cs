namespace Imker.Elf;

public sealed partial class ElfFile
{
    private const uint BuildIdType = 3; // NT_GNU_BUILD_ID

    /// <summary>
    /// All notes: those of sections, and of segments where section headers were stripped. USDT probes are in a section only.
    /// </summary>
    public IEnumerable<ElfNote> Notes
    {
        get
        {
            bool hasSections = Sections.Any(s => s.Type == ElfSectionType.Note);
            return hasSections
                ? ReadNotes(Sections.Where(s => s.Type == ElfSectionType.Note).Select(s => (s.Offset, s.Size, s.Alignment)))
                : SegmentNotes;
        }
    }

    /// <summary>The id that the linker gave the file, 20 bytes mostly; empty when it has none.</summary>
    public ReadOnlyMemory<byte> BuildId
    {
        get
        {
            ElfNote note = SegmentNotes.FirstOrDefault(IsBuildId);
            return note.Description.IsEmpty ? Notes.FirstOrDefault(IsBuildId).Description : note.Description;
        }
    }

    private IEnumerable<ElfNote> SegmentNotes =>
        ReadNotes(Segments.Where(s => s.Type == ElfSegmentType.Note).Select(s => (s.Offset, s.FileSize, s.Alignment)));

    /// <summary>
    /// The name and checksum of the file that has the debug information (<c>.gnu_debuglink</c>), as
    /// <c>objcopy --add-gnu-debuglink</c> writes them.
    /// </summary>
    public bool TryGetDebugLink(out string fileName, out uint crc32)
    {
        (fileName, crc32) = ("", 0);
        if (FindSection(".gnu_debuglink") is not { } section)
            return false;
        ReadOnlySpan<byte> bytes = ReadSection(section).Span;
        int length = bytes.IndexOf((byte)0), checksum = (length + 4) & ~3;
        if (length <= 0 || checksum + 4 > bytes.Length)
            throw source.Malformed(section.Offset, "a debug link has no name or no checksum");
        fileName = System.Text.Encoding.UTF8.GetString(bytes[..length]);
        crc32 = Encoding.U32(bytes, checksum);
        return true;
    }

    private static bool IsBuildId(ElfNote note) => note.Type == BuildIdType && note.NameBytes.Span.SequenceEqual("GNU"u8);

    private IEnumerable<ElfNote> ReadNotes(IEnumerable<(ulong Offset, ulong Size, ulong Alignment)> ranges)
    {
        // Ranges that overlap would make a small file hold endless notes.
        ulong left = (ulong)source.Length;
        foreach ((ulong offset, ulong size, ulong alignment) in ranges)
        {
            if (size > left)
                throw source.Malformed(offset, "the notes take more bytes than the file has");
            left -= size;
            foreach (ElfNote note in ReadNotes(offset, source.Slice(offset, size, "notes"), alignment == 8 ? 8u : 4u))
                yield return note;
        }
    }

    private IEnumerable<ElfNote> ReadNotes(ulong fileOffset, ReadOnlyMemory<byte> bytes, uint alignment)
    {
        const int headerSize = 12;
        ulong at = 0, end = (ulong)bytes.Length;
        while (end - at >= headerSize)
        {
            ReadOnlySpan<byte> header = bytes.Span[(int)at..];
            uint nameSize = Encoding.U32(header, 0), descriptionSize = Encoding.U32(header, 4), type = Encoding.U32(header, 8);
            ulong name = at + headerSize, description = Align(name + nameSize, alignment), next = Align(description + descriptionSize, alignment);
            if (description > end || description + descriptionSize > end)
                throw source.Malformed(fileOffset + at, $"a note of {nameSize} and {descriptionSize} bytes ends past the end of its section");
            ReadOnlyMemory<byte> owner = bytes.Slice((int)name, (int)nameSize);
            owner = owner[..owner.Span.TrimEnd((byte)0).Length];
            yield return new ElfNote(fileOffset + at, type, owner, bytes.Slice((int)description, (int)descriptionSize));
            at = Math.Min(next, end);
        }
    }

    private static ulong Align(ulong value, uint alignment) => (value + alignment - 1) & ~((ulong)alignment - 1);
}
