using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Has the kernel measure run time and run count of all programs while this is held (BPF_ENABLE_STATS, 5.8).</summary>
public sealed class RunStatistics : IDisposable
{
    private readonly Descriptor descriptor;

    private RunStatistics(Descriptor descriptor) => this.descriptor = descriptor;

    /// <exception cref="BpfException">The kernel refuses it; it takes CAP_SYS_ADMIN.</exception>
    public static RunStatistics Enable()
    {
        SingleAttribute attributes = default;
        return BpfSyscall.Open(BpfCommand.EnableStatistics, ref attributes, out Errno error) is { } descriptor
            ? new RunStatistics(descriptor)
            : throw BpfException.ForPrivileged("measure programs", BpfCommand.EnableStatistics.KernelName(), error, Capability.SysAdmin);
    }

    public void Dispose() => descriptor.Dispose();
}
