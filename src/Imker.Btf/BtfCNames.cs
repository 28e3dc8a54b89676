namespace Imker.Btf;

/// <summary>
/// Names for C, where one name may stand for one thing only: the second struct of a name becomes <c>name___2</c>, as bpftool
/// calls it. Structs, unions and enums have names of their own kind; typedefs share theirs with enumerators.
/// </summary>
internal sealed class BtfCNames
{
    private readonly Dictionary<BtfType, string> names = [];
    private readonly Dictionary<string, int> tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> ordinary = new(StringComparer.Ordinal);

    public string Of(BtfType type)
    {
        // A forward declaration is of the first struct of its name.
        if (type.Kind == BtfKind.Forward)
            return type.Name;
        if (!names.TryGetValue(type, out string? name))
            names[type] = name = Unique(type.Kind == BtfKind.Typedef ? ordinary : tags, type.Name);
        return name;
    }

    /// <summary>Called once for each enumerator that is printed.</summary>
    public string OfEnumerator(BtfEnumerator enumerator) => Unique(ordinary, enumerator.Name);

    private static string Unique(Dictionary<string, int> taken, string name)
    {
        if (name.Length == 0)
            return "";
        int count = taken.GetValueOrDefault(name) + 1;
        taken[name] = count;
        return count == 1 ? name : $"{name}___{count}";
    }
}
