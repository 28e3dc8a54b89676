using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Makes the maps of an object, global data filled in and constants frozen; takes those that are pinned by name.</summary>
/// <param name="btf">The object's types; null when it has none.</param>
/// <param name="maps">Gets the maps by name, also those that are made when one is refused.</param>
/// <param name="tables">The object's tables of functions.</param>
/// <param name="pinDirectory">Where pinned maps are.</param>
internal sealed class MapCreation(BtfHandle? btf, Dictionary<string, KernelMap> maps, StructOpsTables tables, string pinDirectory)
{
    /// <exception cref="BpfException">The kernel refuses one.</exception>
    /// <exception cref="ArgumentException">One is to hold a map that is not there.</exception>
    internal void CreateAll(IEnumerable<MapSpec> specs)
    {
        List<MapSpec> all = [.. specs];
        foreach (MapSpec spec in all.Where(spec => !HoldsMaps(spec) && spec.StructOps is not { IsOnRequest: true }))
            maps.Add(spec.Name, Create(spec));
        foreach (MapSpec spec in all.Where(HoldsMaps))
            maps.Add(spec.Name, Create(spec));
    }

    private static bool HoldsMaps(MapSpec spec) => spec.InnerMaps.Any(name => name.Length > 0);

    private KernelMap Create(MapSpec spec)
    {
        using KernelMap? shape = spec.InnerMap is { } inner && !HoldsMaps(spec) ? KernelMap.Create(MapShape.Of(inner, null, null)) : null;
        if (tables.ParametersOf(spec, btf) is { } table)
            return CreateTable(table);
        MapParameters parameters = MapShape.Of(spec, shape ?? HeldMaps(spec).Select(held => held.Map).FirstOrDefault(), btf);
        if (spec.Pinning == MapPinning.ByName && PinnedMaps.TryOpen(spec, parameters, pinDirectory) is { } pinned)
            return pinned;
        KernelMap map = CreateTyped(parameters);
        try
        {
            Fill(map, spec);
            if (spec.Pinning == MapPinning.ByName)
                PinnedMaps.Pin(map, spec, pinDirectory);
            return map;
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    // Older kernels read their own types only when they check the first program since boot, and know no tables before that.
    private static KernelMap CreateTable(in MapParameters parameters)
    {
        try
        {
            return KernelMap.Create(parameters);
        }
        catch (BpfException e) when (e.Error == Errno.NotSupportedInside)
        {
            ProgramProbe.Loads(Instruction.Mov(Register.R0, 0), Instruction.Exit);
            return KernelMap.Create(parameters);
        }
    }

    // What the types of keys and values may be differs between kernels; a map whose types say nothing to the verifier does without.
    private static KernelMap CreateTyped(in MapParameters parameters)
    {
        try
        {
            return KernelMap.Create(parameters);
        }
        catch (BpfException e) when (parameters.Btf is not null && (e.Error == Errno.Invalid || e.Error == Errno.NotSupportedInside))
        {
            return KernelMap.Create(parameters with { Btf = null, BtfKeyType = 0, BtfValueType = 0 });
        }
    }

    private void Fill(KernelMap map, MapSpec spec)
    {
        foreach ((int key, KernelMap held) in HeldMaps(spec))
            map.Update(BitConverter.GetBytes(key), held);
        if (!spec.Contents.IsEmpty)
            map.Update(new byte[map.KeySize], FirstValue(spec, map));
        if (spec.IsReadOnlyData)
            map.Freeze();
    }

    private IEnumerable<(int Key, KernelMap Map)> HeldMaps(MapSpec outer)
    {
        for (int i = 0; i < outer.InnerMaps.Length; i++)
        {
            if (outer.InnerMaps[i] is { Length: > 0 } name)
                yield return (i, maps.GetValueOrDefault(name) ?? throw new ArgumentException($"the map '{outer.Name}' holds the map '{name}', which the object does not have"));
        }
    }

    private static byte[] FirstValue(MapSpec spec, KernelMap map)
    {
        byte[] value = new byte[map.ValueBufferSize];
        spec.Contents.CopyTo(value);
        return value;
    }
}
