using System.Globalization;

namespace Imker.Linux;

/// <summary>Settings of the running kernel that refuse things to those who hold every capability, or allow them to those who hold none.</summary>
public static class KernelPolicy
{
    /// <summary>Lockdown's level, <c>none</c>, <c>integrity</c> or <c>confidentiality</c>; null where the kernel has none or securityfs is not mounted.</summary>
    public static string? Lockdown => ParseLockdown(PseudoFile.TryReadText("/sys/kernel/security/lockdown") ?? "");

    /// <summary><c>kernel.unprivileged_bpf_disabled</c>: 0 allowed, 1 and 2 not; null where it cannot be read.</summary>
    public static int? UnprivilegedBpfDisabled => ReadNumber("/proc/sys/kernel/unprivileged_bpf_disabled");

    /// <summary><c>kernel.perf_event_paranoid</c>: over 1, only CAP_PERFMON may look at other processes and the kernel.</summary>
    public static int? PerfEventParanoid => ReadNumber("/proc/sys/kernel/perf_event_paranoid");

    /// <summary><c>kernel.perf_event_max_sample_rate</c>: no event samples more often a second; null where it cannot be read.</summary>
    public static int? PerfEventMaxSampleRate => ReadNumber("/proc/sys/kernel/perf_event_max_sample_rate");

    /// <summary>The level stands in brackets: <c>none [integrity] confidentiality</c>.</summary>
    internal static string? ParseLockdown(string text)
    {
        int open = text.IndexOf('['), close = text.IndexOf(']');
        return open >= 0 && close > open ? text[(open + 1)..close] : null;
    }

    private static int? ReadNumber(string path) =>
        int.TryParse(PseudoFile.TryReadText(path), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int value)
            ? value
            : null;
}
