namespace Imker.Linux;

/// <summary>The capabilities that tracing asks for, by their bit (<c>linux/capability.h</c>).</summary>
public enum Capability
{
    /// <summary><c>CAP_DAC_READ_SEARCH</c></summary>
    DacReadSearch = 2,

    /// <summary><c>CAP_KILL</c></summary>
    Kill = 5,

    /// <summary><c>CAP_NET_ADMIN</c></summary>
    NetAdmin = 12,

    /// <summary><c>CAP_NET_RAW</c></summary>
    NetRaw = 13,

    /// <summary><c>CAP_SYS_PTRACE</c></summary>
    SysPtrace = 19,

    /// <summary><c>CAP_SYS_ADMIN</c>, which stands for <see cref="Bpf"/> and <see cref="Perfmon"/> too.</summary>
    SysAdmin = 21,

    /// <summary><c>CAP_SYS_RESOURCE</c></summary>
    SysResource = 24,

    /// <summary><c>CAP_SYSLOG</c></summary>
    Syslog = 34,

    /// <summary><c>CAP_PERFMON</c>, since 5.8.</summary>
    Perfmon = 38,

    /// <summary><c>CAP_BPF</c>, since 5.8.</summary>
    Bpf = 39,

    /// <summary><c>CAP_CHECKPOINT_RESTORE</c>, since 5.9.</summary>
    CheckpointRestore = 40,
}
