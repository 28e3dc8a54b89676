using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Imker.Bytecode;

/// <summary>All helpers of <c>enum bpf_func_id</c>; the list has been closed since kernel 6.2, kernel functions took over.</summary>
public static partial class HelperTable
{
    private static readonly Dictionary<string, HelperPrototype> ByName;

    static HelperTable()
    {
        All = ImmutableArray.Create(Rows());
        ByName = All.ToDictionary(helper => helper.Name);
    }

    /// <summary>In the order of their numbers, which start at one and have no gap.</summary>
    public static ImmutableArray<HelperPrototype> All { get; }

    /// <exception cref="ArgumentOutOfRangeException">There is no helper of this number.</exception>
    public static HelperPrototype Get(HelperId id) =>
        TryGet((int)id, out HelperPrototype? helper) ? helper : throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such helper.");

    /// <summary>By number, as it stands in a call.</summary>
    public static bool TryGet(long id, [NotNullWhen(true)] out HelperPrototype? helper)
    {
        helper = id >= 1 && id <= All.Length ? All[(int)id - 1] : null;
        return helper is not null;
    }

    /// <summary>By name with its prefix, such as <c>bpf_map_lookup_elem</c>.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out HelperPrototype? helper) => ByName.TryGetValue(name, out helper);
}
