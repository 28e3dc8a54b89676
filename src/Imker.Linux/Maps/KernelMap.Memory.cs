using Imker.Objects;

namespace Imker.Linux;

public sealed partial class KernelMap
{
    /// <summary>
    /// The values of an array made with <see cref="MapFlags.MemoryMappable"/>, as memory shared with the programs; element i starts at
    /// i × <see cref="Hosting.MapStore.AlignedValueSize"/>.
    /// </summary>
    /// <param name="writable">Whether this process may write.</param>
    /// <exception cref="BpfException">The kernel refuses it: not mappable, or frozen and to be written.</exception>
    public MappedMemory MapValues(bool writable)
    {
        nuint length = (nuint)AlignedValueSize * MaxEntries;
        nuint page = (nuint)Environment.SystemPageSize;
        return MappedMemory.TryMap(Descriptor, (length + page - 1) / page * page, 0, writable, out Errno error)
            ?? throw new BpfException($"map the values of map '{Name}' into memory", "mmap", error,
                Flags.HasFlag(MapFlags.MemoryMappable) ? null : "only arrays made with BPF_F_MMAPABLE can be");
    }
}
