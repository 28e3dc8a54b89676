using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>The capabilities that tracing takes: CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN stands for both). It does not take root.</summary>
public static unsafe class TracingPrivileges
{
    private const uint CapabilityVersion3 = 0x20080522;

    // What looking at other processes still takes once all is attached, and ending a command of ours.
    private const ulong KeptForReading = 1UL << (int)Capability.Bpf | 1UL << (int)Capability.Perfmon | 1UL << (int)Capability.DacReadSearch
        | 1UL << (int)Capability.SysPtrace | 1UL << (int)Capability.Syslog | 1UL << (int)Capability.CheckpointRestore | 1UL << (int)Capability.Kill;

    /// <summary>Says beforehand what the kernel would refuse with a bare EPERM.</summary>
    /// <exception cref="PrivilegeException">A capability is missing, or does not count where we are.</exception>
    public static void Require()
    {
        string missing = Capabilities.OfThisProcess.DescribeMissing(Capability.Bpf, Capability.Perfmon);
        if (missing.Length > 0)
            throw new PrivilegeException($"cannot trace: {missing}: run it as root, or 'setcap cap_bpf,cap_perfmon+ep {Environment.ProcessPath}' for all who may execute that file");
        if (UserNamespaces.IsInitial == false)
            throw new PrivilegeException("cannot trace: CAP_BPF and CAP_PERFMON do not count in a user namespace: run it outside of the container");
    }

    /// <summary>
    /// Gives up, for the calling thread and those that it starts, every capability but those that reading symbols and files of other
    /// processes takes. What is attached stays so.
    /// </summary>
    /// <param name="runsCommands">Without commands to be run, programs started later cannot gain privileges either.</param>
    public static void KeepForReading(bool runsCommands)
    {
        Capabilities held = Capabilities.OfThisProcess;
        ulong kept = KeptForReading;
        // Before 5.8, and where only that was given, it stands for the others.
        if ((held.Bits & 1UL << (int)Capability.Bpf) == 0 || (held.Bits & 1UL << (int)Capability.Perfmon) == 0)
            kept |= 1UL << (int)Capability.SysAdmin;
        ulong bits = held.Bits & kept;
        var header = new CapabilityHeader { Version = CapabilityVersion3 };
        uint low = (uint)bits, high = (uint)(bits >> 32);
        uint* sets = stackalloc uint[] { low, low, 0, high, high, 0 };
        if (Libc.SetCapabilities(&header, sets) < 0)
            throw new BpfException("give up capabilities", "capset", Libc.LastError);
        if (!runsCommands)
            Libc.ProcessControl(LibcConstants.SetNoNewPrivileges, 1, 0, 0, 0);
    }
}
