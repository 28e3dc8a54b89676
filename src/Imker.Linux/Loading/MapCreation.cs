using System.Collections.Immutable;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Makes the maps of an object, global data filled in and constants frozen.</summary>
internal static class MapCreation
{
    /// <summary>Makes all of them; what is made when one is refused is in <paramref name="maps"/> too.</summary>
    /// <exception cref="BpfException">The kernel refuses one.</exception>
    /// <exception cref="ArgumentException">One is to hold a map that is not there.</exception>
    internal static void CreateAll(ImmutableArray<MapSpec> specs, BtfHandle? btf, Dictionary<string, KernelMap> maps)
    {
        foreach (MapSpec spec in specs.Where(spec => spec.InnerMaps.IsEmpty))
            maps.Add(spec.Name, Create(spec, [], btf));
        foreach (MapSpec spec in specs.Where(spec => !spec.InnerMaps.IsEmpty))
            maps.Add(spec.Name, Create(spec, [.. spec.InnerMaps.Select(name => Held(spec, name, maps))], btf));
    }

    private static KernelMap Held(MapSpec outer, string name, Dictionary<string, KernelMap> maps) =>
        maps.TryGetValue(name, out KernelMap? map)
            ? map
            : throw new ArgumentException($"the map '{outer.Name}' holds the map '{name}', which the object does not have");

    private static KernelMap Create(MapSpec spec, ImmutableArray<KernelMap> held, BtfHandle? btf)
    {
        using KernelMap? shape = held.IsEmpty && spec.InnerMap is { } inner ? KernelMap.Create(Parameters(inner, null, null)) : null;
        KernelMap map = KernelMap.Create(Parameters(spec, held.IsEmpty ? shape : held[0], btf));
        try
        {
            for (int i = 0; i < held.Length; i++)
                map.Update(BitConverter.GetBytes(i), held[i]);
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
