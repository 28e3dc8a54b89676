namespace Imker.Elf;

public sealed partial class ElfFile
{
    /// <summary>
    /// Where in the file the byte of a virtual address stands, as <c>perf_event_open</c> and <c>uprobe_multi</c> want it:
    /// address − segment address + segment offset. False for an address that no loaded segment takes from the file.
    /// </summary>
    public bool TryGetFileOffset(ulong address, out ulong offset)
    {
        foreach (ElfSegment segment in Segments)
        {
            if (segment.Type != ElfSegmentType.Load || address - segment.Address >= segment.FileSize || address < segment.Address)
                continue;
            offset = address - segment.Address + segment.Offset;
            return true;
        }
        offset = 0;
        return false;
    }

    /// <summary>
    /// The virtual address of a byte of the file, before relocation. Where segments share a page of the file, the executable one wins.
    /// </summary>
    public bool TryGetAddress(ulong fileOffset, out ulong address)
    {
        ElfSegment? found = null;
        foreach (ElfSegment segment in Segments)
        {
            if (segment.Type != ElfSegmentType.Load || fileOffset < segment.Offset || fileOffset - segment.Offset >= segment.FileSize)
                continue;
            if (found is null || segment.IsExecutable && !found.Value.IsExecutable)
                found = segment;
        }
        address = found is { } s ? fileOffset - s.Offset + s.Address : 0;
        return found is not null;
    }
}
