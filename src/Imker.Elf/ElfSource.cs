using Imker.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Imker.Elf;

/// <summary>
/// The bytes of one ELF file, fetched where they are needed: a look-up in a library of hundreds of megabytes reads some kilobytes.
/// Safe for use by several threads.
/// </summary>
public abstract class ElfSource
{
    private readonly int largestPiece;

    private protected ElfSource(string name, long length, int largestPiece)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Length = length;
        this.largestPiece = largestPiece;
    }

    /// <summary>What messages call the file: mostly its path.</summary>
    public string Name { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Bytes that are in memory already: an array, or a mapped view that outlives every reader.</summary>
    public static ElfSource FromMemory(string name, ReadOnlyMemory<byte> bytes) => new MemorySource(name, bytes);

    /// <summary>A regular file, read with positioned reads; the handle stays the caller's and open as long as the reader is used.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="handle">The file.</param>
    /// <param name="largestPiece">Bytes that are taken into memory at once, as a table is: a file of nothing but holes can have any size.</param>
    /// <exception cref="NotSupportedException">The handle cannot seek.</exception>
    public static ElfSource FromHandle(string name, SafeFileHandle handle, int largestPiece = int.MaxValue) =>
        new HandleSource(name, handle, Math.Min(largestPiece, Array.MaxLength));

    /// <summary>Fills the whole destination, or throws for a place outside of the file.</summary>
    internal void Read(ulong offset, Span<byte> destination, string what)
    {
        Check(offset, (ulong)destination.Length, what);
        if (ReadCore((long)offset, destination) < destination.Length)
            throw Malformed(offset, $"{what}: the file became shorter while it was read");
    }

    /// <summary>Reads up to the end of the file.</summary>
    internal int ReadAtMost(ulong offset, Span<byte> destination) =>
        offset >= (ulong)Length ? 0 : ReadCore((long)offset, destination[..(int)Math.Min((ulong)destination.Length, (ulong)Length - offset)]);

    internal ReadOnlyMemory<byte> Slice(ulong offset, ulong length, string what)
    {
        Check(offset, length, what);
        if (length > (ulong)largestPiece)
            throw Malformed(offset, $"{what} has {length} bytes, more than this reader takes in one piece ({largestPiece})");
        return SliceCore((long)offset, (int)length, what);
    }

    internal DiagnosticException Malformed(ulong offset, string problem) =>
        new([new Diagnostic(Severity.Error, ElfDiagnosticId.Malformed, SourceSpan.None, $"cannot read {Name}: offset 0x{offset:x}: {problem}")]);

    private protected abstract int ReadCore(long offset, Span<byte> destination);

    private protected abstract ReadOnlyMemory<byte> SliceCore(long offset, int length, string what);

    private void Check(ulong offset, ulong length, string what)
    {
        if (offset > (ulong)Length || length > (ulong)Length - offset)
            throw Malformed(offset, $"{what}: {length} bytes from there go past the end of the file ({Length} bytes)");
    }

    private sealed class MemorySource(string name, ReadOnlyMemory<byte> bytes) : ElfSource(name, bytes.Length, Array.MaxLength)
    {
        private protected override int ReadCore(long offset, Span<byte> destination)
        {
            bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
            return destination.Length;
        }

        private protected override ReadOnlyMemory<byte> SliceCore(long offset, int length, string what) => bytes.Slice((int)offset, length);
    }

    private sealed class HandleSource(string name, SafeFileHandle handle, int largestPiece)
        : ElfSource(name, RandomAccess.GetLength(handle), largestPiece)
    {
        private protected override int ReadCore(long offset, Span<byte> destination)
        {
            int total = 0;
            while (total < destination.Length)
            {
                int read = RandomAccess.Read(handle, destination[total..], offset + total);
                if (read == 0)
                    break;
                total += read;
            }
            return total;
        }

        private protected override ReadOnlyMemory<byte> SliceCore(long offset, int length, string what)
        {
            byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
            Read((ulong)offset, bytes, what);
            return bytes;
        }
    }
}
