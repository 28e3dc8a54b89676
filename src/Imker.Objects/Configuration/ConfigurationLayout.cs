using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>Where in <c>.kconfig</c> variables lie: as libbpf has it, by alignment, then size, then name.</summary>
internal static class ConfigurationLayout
{
    /// <summary>The variables with their offsets; null where they take more than a map can have.</summary>
    public static ImmutableArray<KernelVariable>? Arrange(IEnumerable<KernelVariable> variables)
    {
        var arranged = ImmutableArray.CreateBuilder<KernelVariable>();
        long offset = 0;
        foreach (KernelVariable variable in variables
            .OrderByDescending(AlignmentOf).ThenBy(variable => variable.Size).ThenBy(variable => variable.Name, StringComparer.Ordinal))
        {
            offset = (offset + AlignmentOf(variable) - 1) / AlignmentOf(variable) * AlignmentOf(variable);
            if (offset + variable.Size > int.MaxValue)
                return null;
            arranged.Add(variable with { Offset = (int)offset });
            offset += variable.Size;
        }
        return arranged.DrainToImmutable();
    }

    /// <summary>The map that the variables lie in.</summary>
    public static MapSpec MapOf(ImmutableArray<KernelVariable> variables) => new()
    {
        Name = FileNames.ConfigurationSection,
        Type = MapType.Array,
        KeySize = sizeof(int),
        ValueSize = variables[^1].Offset + variables[^1].Size,
        MaxEntries = 1,
        Flags = MapFlags.MemoryMappable,
        IsReadOnlyData = true,
    };

    private static int AlignmentOf(KernelVariable variable) => variable.Kind == KernelVariableKind.Text ? 1 : variable.Size;
}
