using System.Globalization;

namespace Imker.Linux;

/// <summary>The running kernel's name, for messages. What it can do is asked of it, never read out of its version.</summary>
public static class KernelRelease
{
    /// <summary>As <c>uname -r</c> says it.</summary>
    public static string Text => PseudoFile.TryReadText("/proc/sys/kernel/osrelease")?.Trim() ?? "";

    /// <summary>Major and minor; 0.0 where the text does not begin with them.</summary>
    public static Version Version => Parse(Text);

    /// <summary>As <c>KERNEL_VERSION</c> makes it: major &lt;&lt; 16 | minor &lt;&lt; 8 | patch, of which no more than 255 counts.</summary>
    public static uint Code => CodeOf(Text);

    internal static uint CodeOf(string text)
    {
        Version version = Parse(text);
        string[] parts = text.Split('.', '-', '+');
        int patch = parts.Length >= 3 && TryNumber(parts[2], out int number) ? Math.Min(number, 255) : 0;
        return (uint)(version.Major << 16 | version.Minor << 8 | patch);
    }

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
