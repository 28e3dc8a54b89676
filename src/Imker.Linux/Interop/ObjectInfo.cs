namespace Imker.Linux.Interop;

/// <summary>BPF_OBJ_GET_INFO_BY_FD.</summary>
internal static unsafe class ObjectInfo
{
    internal static bool TryGet<T>(Descriptor descriptor, ref T info, out Errno error)
        where T : unmanaged
    {
        using DescriptorUse use = descriptor.Use();
        fixed (T* pointer = &info)
        {
            var attributes = new GetInfoAttributes { Descriptor = use.Number, Size = (uint)sizeof(T), Info = (ulong)pointer };
            return BpfSyscall.Call(BpfCommand.ObjectGetInfoByDescriptor, ref attributes, out error) >= 0;
        }
    }
}
