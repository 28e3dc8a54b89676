using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Imker.Bytecode;

/// <summary>All helpers of <c>enum bpf_func_id</c>; the list has been closed since kernel 6.2, kernel functions took over.</summary>
public static partial class HelperTable
{
    // A prototype is made when it is first asked for: a short program calls few helpers, and its start should not wait for the others.
    private static readonly HelperPrototype?[] Made = new HelperPrototype?[Count];

    /// <summary>In the order of their numbers, which start at one and have no gap.</summary>
    public static ImmutableArray<HelperPrototype> All => Whole.Table;

    /// <exception cref="ArgumentOutOfRangeException">There is no helper of this number.</exception>
    public static HelperPrototype Get(HelperId id) =>
        TryGet((int)id, out HelperPrototype? helper) ? helper : throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such helper.");

    /// <summary>By number, as it stands in a call.</summary>
    public static bool TryGet(long id, [NotNullWhen(true)] out HelperPrototype? helper)
    {
        helper = id is >= 1 and <= Count ? Made[id - 1] ??= Row((int)id) : null;
        return helper is not null;
    }

    /// <summary>By name with its prefix, such as <c>bpf_map_lookup_elem</c>.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out HelperPrototype? helper) => Whole.ByName.TryGetValue(name, out helper);

    // Beside the table, so that only who asks by name or for all of them pays for all of them.
    private static class Whole
    {
        public static readonly ImmutableArray<HelperPrototype> Table = [.. Enumerable.Range(1, Count).Select(id => Get((HelperId)id))];

        public static readonly Dictionary<string, HelperPrototype> ByName = Table.ToDictionary(helper => helper.Name);
    }
}
