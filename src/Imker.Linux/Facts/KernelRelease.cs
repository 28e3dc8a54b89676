using System.Globalization;

namespace Imker.Linux;

/// <summary>The running kernel's name, for messages. What it can do is asked of it, never read out of its version.</summary>
public static class KernelRelease
{
    /// <summary>As <c>uname -r</c> says it.</summary>
    public static string Text => PseudoFile.TryReadText("/proc/sys/kernel/osrelease")?.Trim() ?? "";

    /// <summary>Major and minor; 0.0 where the text does not begin with them.</summary>
    public static Version Version => Parse(Text);

    internal static Version Parse(string text)
    {
        string[] parts = text.Split('.', '-', '+');
        return parts.Length >= 2 && TryNumber(parts[0], out int major) && TryNumber(parts[1], out int minor)
            ? new Version(major, minor)
            : new Version(0, 0);
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
