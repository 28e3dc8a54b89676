using Imker.Bytecode;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

public sealed partial class KernelMap
{
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public MapInfo GetInfo()
    {
        BpfMapInfo info = default;
        if (!ObjectInfo.TryGet(Descriptor, ref info, out Errno error))
            throw Refusal("ask about", BpfCommand.ObjectGetInfoByDescriptor, error);
        return new MapInfo(info.Id, info.Name.ToString(), (MapType)info.Type, (int)info.KeySize, (int)info.ValueSize, info.MaxEntries,
            (MapFlags)info.Flags, info.BtfId);
    }
}
