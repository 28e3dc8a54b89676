using System.IO.Compression;
using System.Text;

namespace Imker.Linux;

/// <summary>
/// The options that the running kernel was built with: <c>/proc/config.gz</c>, or the file that distributions put beside the kernel.
/// Read once, when it is first asked for.
/// </summary>
internal static class KernelConfigurationFile
{
    private const int Limit = 16 << 20;

    private static readonly Lazy<Dictionary<string, string>> options = new(Read);

    /// <summary>An option's value as it stands there; null when it is not set, or no file can be read.</summary>
    internal static string? Find(string name) => options.Value.GetValueOrDefault(name);

    internal static Dictionary<string, string> Parse(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            int equals = line.IndexOf('=');
            if (equals > 0 && line[0] != '#')
                found[line[..equals]] = line[(equals + 1)..].TrimEnd();
        }
        return found;
    }

    private static Dictionary<string, string> Read()
    {
        string text = PseudoFile.TryReadText($"/boot/config-{KernelRelease.Text}") ?? "";
        return Parse(PseudoFile.TryRead("/proc/config.gz") is { } packed ? Unpack(packed) : text);
    }

    private static string Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var text = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        for (int read; text.Length < Limit && (read = gzip.Read(buffer)) > 0;)
            text.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
