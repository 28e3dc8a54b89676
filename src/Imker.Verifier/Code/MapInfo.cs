using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Code;

/// <summary>A map as programs see it.</summary>
internal sealed class MapInfo
{
    public required MapSpec Spec { get; init; }

    /// <summary>What lies in its value that plain loads and stores must leave alone.</summary>
    public required SpecialFields Fields { get; init; }

    /// <summary>The inner maps' shape, of a map of maps.</summary>
    public MapInfo? Inner { get; init; }

    public MapType Type => Spec.Type;

    public string Name => Spec.Name;

    public int KeySize => Spec.KeySize;

    public int ValueSize => Spec.ValueSize;

    /// <summary>Constants that do not change once the program is loaded.</summary>
    public bool IsFrozen => Spec.IsReadOnlyData;

    public bool MayRead => !Spec.Flags.HasFlag(MapFlags.WriteOnlyProgram);

    public bool MayWrite => !Spec.IsReadOnlyData && !Spec.Flags.HasFlag(MapFlags.ReadOnlyProgram);

    /// <summary>Whether it is an array of some kind, all of whose elements are always there.</summary>
    public bool IsArray => Type is MapType.Array or MapType.PerCpuArray;

    public override string ToString() => Name;
}
