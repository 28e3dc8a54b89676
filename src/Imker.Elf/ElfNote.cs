using System.Text;

namespace Imker.Elf;

/// <summary>One note: the build id, a USDT probe, …</summary>
/// <param name="Offset">Where its header stands in the file.</param>
public readonly record struct ElfNote(ulong Offset, uint Type, ReadOnlyMemory<byte> NameBytes, ReadOnlyMemory<byte> Description)
{
    /// <summary>The owner, such as <c>GNU</c> or <c>stapsdt</c>.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes.Span);
}
