using System.Buffers.Binary;
using System.Text;

namespace Imker.Linux;

/// <summary>
/// Reads <c>/etc/ld.so.cache</c>, the dynamic linker's list of libraries (glibc <c>dl-cache.h</c>): entries of 24 bytes behind the
/// magic text, maybe with the older format before that, strings at offsets from it. Malformed parts are passed over.
/// </summary>
internal static class LibraryCache
{
    private const int EntrySize = 24, EntriesOffset = 48, CountOffset = 20;
    private const int TypeElfLibc6 = 3;
    private const int ArchitectureMask = 0xff00, X64 = 0x0300, Arm64 = 0x0a00;

    private static ReadOnlySpan<byte> Magic => "glibc-ld.so.cache1.1"u8;

    /// <summary>Names and paths of the libraries of this architecture, in the order of the file.</summary>
    internal static List<(string Name, string Path)> Parse(ReadOnlySpan<byte> file, bool isArm64)
    {
        var result = new List<(string, string)>();
        int start = file.IndexOf(Magic);
        if (start < 0 || file.Length - start < EntriesOffset)
            return result;
        ReadOnlySpan<byte> cache = file[start..];
        long count = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(cache[CountOffset..]), (cache.Length - EntriesOffset) / EntrySize);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = cache.Slice(EntriesOffset + i * EntrySize, EntrySize);
            int flags = BinaryPrimitives.ReadInt32LittleEndian(entry);
            if ((flags & 0xff) == TypeElfLibc6 && (flags & ArchitectureMask) == (isArm64 ? Arm64 : X64)
                && Text(cache, BinaryPrimitives.ReadUInt32LittleEndian(entry[4..])) is { } name
                && Text(cache, BinaryPrimitives.ReadUInt32LittleEndian(entry[8..])) is { } path)
                result.Add((name, path));
        }
        return result;
    }

    private static string? Text(ReadOnlySpan<byte> cache, uint offset)
    {
        const int LongestPath = 4096;
        if (offset >= cache.Length)
            return null;
        ReadOnlySpan<byte> rest = cache[(int)offset..];
        int end = rest[..Math.Min(rest.Length, LongestPath)].IndexOf((byte)0);
        return end <= 0 ? null : Encoding.UTF8.GetString(rest[..end]);
    }
}
