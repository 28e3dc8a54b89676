using System.Text;

namespace Imker.Linux.Interop;

/// <summary>Text for the kernel: UTF-8 with a zero behind it.</summary>
internal static class CString
{
    /// <exception cref="ArgumentException">The text holds a zero, so that the kernel would see less than was meant.</exception>
    internal static byte[] Bytes(string text)
    {
        if (text.Contains('\0'))
            throw new ArgumentException("text for the kernel may not hold a zero character", nameof(text));
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
