using System.Runtime.InteropServices;
using System.Text;
using Imker.Elf;

namespace Imker.Linux;

/// <summary>Functions of the kernel by patterns of their names.</summary>
internal static class KernelFunctions
{
    private static readonly string[] probeable = ["/sys/kernel/tracing/available_filter_functions", "/sys/kernel/debug/tracing/available_filter_functions"];

    /// <summary>Each once. Those that can be probed, where the kernel tells; else all of its symbols of code.</summary>
    internal static IReadOnlyList<string> Like(string pattern)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(pattern);
        byte[]? list = probeable.Select(path => PseudoFile.TryRead(path)).FirstOrDefault(bytes => bytes is { Length: > 0 });
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ReadOnlySpan<byte> name in list is null ? FunctionLines.OfSymbols(KernelSymbols.ReadAll()) : FunctionLines.OfNames(list))
        {
            if (Wildcard.IsMatch(wanted, name))
                names.Add(Encoding.UTF8.GetString(name));
        }
        return [.. names];
    }

    /// <summary>The name of the function behind a system call, as this architecture forms it; null where none is found.</summary>
    internal static string? OfSystemCall(string call)
    {
        string prefix = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "__arm64_sys_" : "__x64_sys_";
        byte[] symbols = KernelSymbols.ReadAll();
        string[] spellings = [prefix + call, "__se_sys_" + call, "sys_" + call];
        return spellings.FirstOrDefault(name => symbols.AsSpan().IndexOf(Encoding.ASCII.GetBytes($" {name}\n")) >= 0);
    }
}
