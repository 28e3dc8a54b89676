using System.Globalization;

namespace Imker.Linux;

/// <summary>A set of effective capabilities.</summary>
public readonly record struct Capabilities(ulong Bits)
{
    /// <summary>What this process may do now, from <c>/proc/self/status</c>; empty where that cannot be read.</summary>
    public static Capabilities OfThisProcess => Parse(PseudoFile.TryReadText("/proc/self/status") ?? "");

    /// <summary>Whether it is held, or <c>CAP_SYS_ADMIN</c> where that covers it.</summary>
    public bool Has(Capability capability) =>
        Holds(capability) || (capability is Capability.Bpf or Capability.Perfmon or Capability.Syslog && Holds(Capability.SysAdmin));

    /// <summary>The kernel's name, such as <c>CAP_BPF</c>.</summary>
    public static string NameOf(Capability capability) => capability switch
    {
        Capability.DacReadSearch => "CAP_DAC_READ_SEARCH",
        Capability.Kill => "CAP_KILL",
        Capability.NetAdmin => "CAP_NET_ADMIN",
        Capability.NetRaw => "CAP_NET_RAW",
        Capability.SysPtrace => "CAP_SYS_PTRACE",
        Capability.SysAdmin => "CAP_SYS_ADMIN",
        Capability.SysResource => "CAP_SYS_RESOURCE",
        Capability.Syslog => "CAP_SYSLOG",
        Capability.Perfmon => "CAP_PERFMON",
        Capability.Bpf => "CAP_BPF",
        Capability.CheckpointRestore => "CAP_CHECKPOINT_RESTORE",
        _ => $"capability {(int)capability}",
    };

    /// <summary>Such as <c>CAP_BPF and CAP_PERFMON are missing</c>; empty when all are held.</summary>
    public string DescribeMissing(params ReadOnlySpan<Capability> needed)
    {
        var missing = new List<string>();
        foreach (Capability capability in needed)
        {
            if (!Has(capability))
                missing.Add(NameOf(capability));
        }
        return missing.Count switch
        {
            0 => "",
            1 => $"{missing[0]} is missing",
            _ => $"{string.Join(", ", missing[..^1])} and {missing[^1]} are missing",
        };
    }

    /// <summary>The line <c>CapEff:</c> of a status file of proc(5).</summary>
    internal static Capabilities Parse(string status)
    {
        foreach (ReadOnlySpan<char> line in status.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("CapEff:") && ulong.TryParse(line[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bits))
                return new Capabilities(bits);
        }
        return default;
    }

    private bool Holds(Capability capability) => (Bits & (1UL << (int)capability)) != 0;
}
