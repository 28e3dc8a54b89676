using System.Collections.Immutable;

namespace Imker.Symbols;

/// <summary>How a stack is shown: bpftrace's <c>stack_mode</c>.</summary>
public enum StackMode
{
    /// <summary><c>name+offset</c>, indented.</summary>
    Bpftrace,

    /// <summary>As <c>perf script</c> shows it: address, <c>name+offset</c>, and for a process the file.</summary>
    Perf,

    /// <summary>Addresses alone; nothing is looked up.</summary>
    Raw,
}

/// <summary>A stack as the lines that bpftrace prints, without their line breaks.</summary>
public static class StackText
{
    private const string Indentation = "        ";

    public static ImmutableArray<string> OfKernel(ReadOnlySpan<ulong> addresses, StackMode mode, KernelSymbols symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        return Write(addresses, mode, symbols.Resolve, frame => frame.Module is null ? "" : $" [{frame.Module}]");
    }

    public static ImmutableArray<string> OfProcess(ReadOnlySpan<ulong> addresses, StackMode mode, int processId, ProcessSymbols symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        return Write(
            addresses, mode, address => symbols.Resolve(processId, address), frame => $" ({frame.Module ?? "[unknown]"})");
    }

    // The kernel fills up with zeros.
    private static ImmutableArray<string> Write(
        ReadOnlySpan<ulong> addresses, StackMode mode, Func<ulong, Symbolized> resolve, Func<Symbolized, string> module)
    {
        addresses = addresses.TrimEnd(0UL);
        var lines = ImmutableArray.CreateBuilder<string>(addresses.Length);
        foreach (ulong address in addresses)
            lines.Add(WriteFrame(address, mode, resolve, module));
        return lines.MoveToImmutable();
    }

    private static string WriteFrame(
        ulong address, StackMode mode, Func<ulong, Symbolized> resolve, Func<Symbolized, string> module)
    {
        if (mode == StackMode.Raw)
            return address.ToString("x");
        Symbolized frame = resolve(address);
        return mode == StackMode.Perf
            ? $"\t{address:x} {frame.ToStringWithOffset()}{module(frame)}"
            : Indentation + frame.ToStringWithOffset();
    }
}
