using System.Globalization;

namespace Imker.Linux;

/// <summary>What <c>/proc/PID/fdinfo</c> says about a descriptor beyond the kernel's information: a line <c>name:\tvalue</c> each.</summary>
internal sealed class DescriptorFacts
{
    private readonly string text;

    private DescriptorFacts(string text) => this.text = text;

    internal static DescriptorFacts Of(Descriptor descriptor)
    {
        using DescriptorUse use = descriptor.Use();
        return new DescriptorFacts(PseudoFile.TryReadText($"/proc/self/fdinfo/{use.Number}") ?? "");
    }

    /// <summary>Null where this kernel does not tell.</summary>
    internal ulong? Number(string name) => Number(text, name);

    internal static ulong? Number(string facts, string name)
    {
        foreach (ReadOnlySpan<char> line in facts.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name) && line.Length > name.Length && line[name.Length] == ':')
                return ulong.TryParse(line[(name.Length + 1)..].Trim(), CultureInfo.InvariantCulture, out ulong value) ? value : null;
        }
        return null;
    }
}
