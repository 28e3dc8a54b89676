using System.Runtime.InteropServices;
using System.Text;
using Imker.Elf;

namespace Imker.Linux;

/// <summary>Functions of the kernel by patterns of their names.</summary>
internal static class KernelFunctions
{
    private static readonly string[] probeable = ["/sys/kernel/tracing/available_filter_functions", "/sys/kernel/debug/tracing/available_filter_functions"];

    /// <summary>One name for each address. Those that can be probed, where the kernel tells; else all of its code that has a name.</summary>
    internal static IReadOnlyList<string> Like(string pattern)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(pattern), symbols = KernelSymbols.ReadAll();
        HashSet<ulong>? allowed = pattern.AsSpan().ContainsAny('*', '?') ? ProbeableAddresses(symbols) : null;
        var taken = new HashSet<ulong>();
        var names = new List<string>();
        foreach (FunctionLine function in new FunctionLines(symbols))
        {
            if (Wildcard.IsMatch(wanted, function.Name) && allowed?.Contains(function.Address) != false && (function.Address == 0 || taken.Add(function.Address)))
                names.Add(Encoding.UTF8.GetString(function.Name));
        }
        return names;
    }

    /// <summary>The name of the function behind a system call, as this architecture forms it; null where none is found.</summary>
    internal static string? OfSystemCall(string call)
    {
        string prefix = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "__arm64_sys_" : "__x64_sys_";
        byte[] symbols = KernelSymbols.ReadAll();
        string[] spellings = [prefix + call, "__se_sys_" + call, "sys_" + call];
        return spellings.FirstOrDefault(name => symbols.AsSpan().IndexOf(Encoding.ASCII.GetBytes($" {name}\n")) >= 0);
    }

    // The list has one name of several that an address may have, so addresses are compared. Null where it cannot be read.
    private static HashSet<ulong>? ProbeableAddresses(byte[] symbols)
    {
        byte[]? list = probeable.Select(path => PseudoFile.TryRead(path)).FirstOrDefault(bytes => bytes is { Length: > 0 });
        if (list is null)
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in Encoding.UTF8.GetString(list).Split('\n'))
            names.Add(line.Split(' ', '\t')[0]);
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        var addresses = new HashSet<ulong>();
        Span<char> name = stackalloc char[512];
        foreach (FunctionLine function in new FunctionLines(symbols))
        {
            if (function.Name.Length <= name.Length && lookup.Contains(name[..Encoding.UTF8.GetChars(function.Name, name)]))
                addresses.Add(function.Address);
        }
        return addresses;
    }
}
