using Imker.Diagnostics;

namespace Imker.Linux.Interop;

/// <summary>Text for the kernel: the bytes that it stands for (<see cref="SourceEncoding"/>) with a zero behind them.</summary>
internal static class CString
{
    /// <exception cref="ArgumentException">The text holds a zero, so that the kernel would see less than was meant.</exception>
    internal static byte[] Bytes(string text)
    {
        if (text.Contains('\0'))
            throw new ArgumentException("text for the kernel may not hold a zero character", nameof(text));
        return [.. SourceEncoding.Encode(text), 0];
    }
}
