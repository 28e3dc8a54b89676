using System.Text;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class BtfHandle
{
    private const int LongestName = 64;

    /// <summary>Opens type information by its number; null when there is none.</summary>
    /// <exception cref="BpfException">The kernel refuses it; it takes CAP_SYS_ADMIN.</exception>
    public static BtfHandle? TryOpen(uint id) =>
        KernelObjects.TryOpen(KernelObjectKind.Btf, id) is { } descriptor ? new BtfHandle(descriptor) : null;

    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public BtfInfo GetInfo()
    {
        byte[] name = new byte[LongestName];
        fixed (byte* pointer = name)
        {
            BpfBtfInfo info = Ask(new BpfBtfInfo { Name = (ulong)pointer, NameLength = LongestName });
            int end = name.AsSpan().IndexOf((byte)0);
            return new BtfInfo(info.Id, Encoding.UTF8.GetString(name.AsSpan(0, Math.Max(0, end))), (int)info.Size, info.IsKernel != 0);
        }
    }

    /// <summary>The whole section, with its header; of a module, split from the kernel's.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public byte[] ReadBytes()
    {
        byte[] bytes = new byte[Ask(default).Size];
        fixed (byte* pointer = bytes)
            Ask(new BpfBtfInfo { Bytes = (ulong)pointer, Size = (uint)bytes.Length });
        return bytes;
    }

    private BpfBtfInfo Ask(BpfBtfInfo request)
    {
        if (!ObjectInfo.TryGet(Descriptor, ref request, out Errno error))
            throw new BpfException("ask about type information", BpfCommand.ObjectGetInfoByDescriptor.KernelName(), error);
        return request;
    }
}
