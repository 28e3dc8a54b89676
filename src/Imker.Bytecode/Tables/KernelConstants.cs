namespace Imker.Bytecode;

/// <summary>The kernel's enumerations with the names and versions of their members.</summary>
public static partial class KernelConstants
{
    internal static string ShortNameOf(string name)
    {
        // The shortest prefix is the attach types', so it comes last.
        foreach (string prefix in (ReadOnlySpan<string>)["BPF_PROG_TYPE_", "BPF_MAP_TYPE_", "BPF_LINK_TYPE_", "BPF_"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return name[prefix.Length..].ToLowerInvariant();
        }
        return name;
    }
}
