using System.Buffers;

namespace Imker.Linux;

/// <summary>Mapped pages as <see cref="Memory{T}"/>, for readers that take that; they stay mapped as long as the process lives.</summary>
internal sealed unsafe class MappedMemoryManager(MappedMemory pages) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(pages.Pointer, checked((int)pages.Length));

    public override MemoryHandle Pin(int elementIndex = 0) => new(pages.Pointer + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
