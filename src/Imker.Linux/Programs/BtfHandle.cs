using System.Text;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Type information in the kernel, for programs and maps to refer to.</summary>
public sealed unsafe partial class BtfHandle : IDisposable
{
    private const int LogSize = 1 << 20;

    private BtfHandle(Descriptor descriptor) => Descriptor = descriptor;

    internal Descriptor Descriptor { get; }

    /// <param name="btf">A whole BTF section, with its header.</param>
    /// <exception cref="BpfException">The kernel refuses it; the message ends with what its log says.</exception>
    public static BtfHandle Load(ReadOnlySpan<byte> btf)
    {
        if (TryLoad(btf, [], out Errno error) is { } descriptor)
            return new BtfHandle(descriptor);
        byte[] log = new byte[LogSize];
        if (TryLoad(btf, log, out error) is { } late)
            return new BtfHandle(late);
        string reason = VerifierLog.LastWord(VerifierLog.FromBuffer(log));
        if (reason.Length > 0)
            throw new BpfException("load type information", BpfCommand.BtfLoad.KernelName(), error, $"the kernel says: {reason}");
        throw BpfException.ForPrivileged("load type information", BpfCommand.BtfLoad.KernelName(), error, Capability.Bpf);
    }

    public void Dispose() => Descriptor.Dispose();

    internal static Descriptor? TryLoad(ReadOnlySpan<byte> btf, Span<byte> log, out Errno error)
    {
        fixed (byte* btfPointer = btf, logPointer = log)
        {
            var attributes = new BtfLoadAttributes
            {
                Btf = (ulong)btfPointer,
                BtfSize = (uint)btf.Length,
                Log = (ulong)logPointer,
                LogSize = (uint)log.Length,
                LogLevel = log.IsEmpty ? 0u : 1u,
            };
            return MemoryLockLimit.Retry(ref attributes, BpfCommand.BtfLoad, out error);
        }
    }
}
