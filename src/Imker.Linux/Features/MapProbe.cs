using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Probes that make a map.</summary>
internal static unsafe class MapProbe
{
    internal static FeatureState CanCreate(MapType type, int keySize, int valueSize, uint maxEntries)
    {
        using Descriptor? map = KernelMap.TryCreate(new MapParameters(type, keySize, valueSize, maxEntries), out Errno error);
        return map is not null ? FeatureState.Present : FeatureProbes.StateOf(error);
    }

    /// <summary>A kernel that knows the command looks for the map first: EBADF.</summary>
    internal static FeatureState HasBatches()
    {
        var attributes = new MapBatchAttributes { Map = -1 };
        BpfSyscall.Call(BpfCommand.MapLookupBatch, ref attributes, out Errno error);
        return error == Errno.BadDescriptor ? FeatureState.Present : FeatureProbes.StateOf(error);
    }

    /// <summary>A kernel that can do it finds nothing in an empty map: ENOENT.</summary>
    internal static FeatureState HasHashLookupAndDelete()
    {
        using Descriptor? map = KernelMap.TryCreate(new MapParameters(MapType.Hash, sizeof(uint), sizeof(uint), 1), out Errno error);
        if (map is null)
            return FeatureProbes.StateOf(error);
        uint key = 0, value;
        using DescriptorUse use = map.Use();
        var attributes = new MapElementAttributes { Map = use.Number, Key = (ulong)&key, ValueOrNextKey = (ulong)&value };
        BpfSyscall.Call(BpfCommand.MapLookupAndDeleteElement, ref attributes, out error);
        return error == Errno.NoEntry ? FeatureState.Present : FeatureProbes.StateOf(error);
    }
}
