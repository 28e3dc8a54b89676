namespace Imker.Linux;

/// <summary>The kernel refused something: what was being done, the call, its errno, and where known what to do about it.</summary>
public class BpfException : Exception
{
    internal BpfException(string doing, string call, Errno error, string? hint = null)
        : this($"cannot {doing}: {error.Text} ({call}: {error.Name})" + (hint is null ? "" : $"; {hint}"), call, error, hint, null)
    {
    }

    private protected BpfException(string message, string call, Errno error, string? hint, Exception? inner)
        : base(message, inner)
    {
        Call = call;
        Error = error;
        Hint = hint;
    }

    /// <summary>The command or system call by the kernel's name, such as <c>BPF_MAP_CREATE</c> or <c>perf_event_open</c>.</summary>
    public string Call { get; }

    /// <summary>The kernel's reason.</summary>
    public Errno Error { get; }

    /// <summary>What to do about it; null where nothing is known.</summary>
    public string? Hint { get; }

    /// <summary>For a refusal that capabilities may explain: names those that are missing.</summary>
    internal static BpfException ForPrivileged(string doing, string call, Errno error, params ReadOnlySpan<Capability> needed) =>
        new(doing, call, error, PrivilegeHint(error, needed));

    internal static string? PrivilegeHint(Errno error, ReadOnlySpan<Capability> needed)
    {
        if (error != Errno.NotPermitted && error != Errno.AccessDenied)
            return null;
        string missing = Capabilities.OfThisProcess.DescribeMissing(needed);
        if (missing.Length > 0)
            return $"{missing}: run it as root or give it that";
        if (UserNamespaces.IsInitial == false)
            return "capabilities do not count for this in a user namespace: run it outside of the container";
        string lockdown = KernelPolicy.Lockdown switch
        {
            "none" => "",
            { } level => $" (lockdown is at '{level}')",
            null => " (whether by lockdown, securityfs tells: 'mount -t securityfs none /sys/kernel/security')",
        };
        return $"no capability is missing: this kernel refuses it by policy or build{lockdown}";
    }
}
