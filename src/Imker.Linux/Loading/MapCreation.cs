using Imker.Objects;

namespace Imker.Linux;

/// <summary>Makes the maps of an object, global data filled in and constants frozen.</summary>
internal static class MapCreation
{
    /// <exception cref="BpfException">The kernel refuses one.</exception>
    internal static KernelMap Create(MapSpec spec, BtfHandle? btf)
    {
        using KernelMap? inner = spec.InnerMap is { } innerSpec ? KernelMap.Create(Parameters(innerSpec, null, null)) : null;
        KernelMap map = KernelMap.Create(Parameters(spec, inner, btf));
        try
        {
            if (!spec.Contents.IsEmpty)
                map.Update(new byte[map.KeySize], FirstValue(spec, map));
            if (spec.IsReadOnlyData)
                map.Freeze();
            return map;
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    private static MapParameters Parameters(MapSpec spec, KernelMap? inner, BtfHandle? btf) =>
        new(spec.Type, spec.KeySize, spec.ValueSize, spec.MaxEntries)
        {
            Name = spec.Name,
            Flags = spec.Flags | (spec.IsReadOnlyData ? MapFlags.ReadOnlyProgram : MapFlags.None),
            InnerMap = inner,
            Btf = spec.BtfValueTypeId == 0 ? null : btf,
            BtfKeyType = btf is null ? 0 : spec.BtfKeyTypeId,
            BtfValueType = btf is null ? 0 : spec.BtfValueTypeId,
        };

    private static byte[] FirstValue(MapSpec spec, KernelMap map)
    {
        byte[] value = new byte[map.ValueBufferSize];
        spec.Contents.CopyTo(value);
        return value;
    }
}
