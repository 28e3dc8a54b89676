using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// Which maps are sections of global data: arrays of one value whose address programs take, or whose variables have names.
/// </summary>
internal static class DataSections
{
    public static ImmutableHashSet<string> Of(BpfObject of)
    {
        var candidates = of.Variables.Select(variable => variable.Map)
            .Concat(of.Maps.Where(map => map.IsReadOnlyData).Select(map => map.Name))
            .Concat(AllCode(of).SelectMany(function => function.Instructions)
                .Select(instruction => instruction.Reference).OfType<MapReference>().Where(map => map.ValueAddress).Select(map => map.Name))
            .ToHashSet();
        if (of.LossMap is { } losses)
            candidates.Add(losses);
        return [.. of.Maps.Where(map => CanBe(map) && candidates.Contains(map.Name)).Select(map => map.Name)];
    }

    /// <summary>The code of all programs and functions, in the order of the object.</summary>
    public static IEnumerable<FunctionSpec> AllCode(BpfObject of) => of.Programs.Select(program => program.Entry).Concat(of.Functions);

    private static bool CanBe(MapSpec map) =>
        map is { Type: MapType.Array, KeySize: sizeof(int), MaxEntries: 1, ValueSize: > 0, InnerMap: null };
}
