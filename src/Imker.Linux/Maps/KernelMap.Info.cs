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
        DescriptorFacts facts = DescriptorFacts.Of(Descriptor);
        return new MapInfo(info.Id, info.Name.ToString(), (MapType)info.Type, (int)info.KeySize, (int)info.ValueSize, info.MaxEntries,
            (MapFlags)info.Flags, info.BtfId)
        {
            BtfKeyTypeId = info.BtfKeyType,
            BtfValueTypeId = info.BtfValueType,
            BtfKernelValueTypeId = info.BtfKernelValueType,
            InterfaceIndex = info.InterfaceIndex,
            Extra = info.Extra,
            Memory = facts.Number("memlock"),
            IsFrozen = facts.Number("frozen") > 0,
            OwnerType = (ProgramType?)facts.Number("owner_prog_type"),
            IsOwnerJited = facts.Number("owner_jited") > 0,
        };
    }
}
