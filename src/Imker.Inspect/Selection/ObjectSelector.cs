using System.Globalization;
using Imker.Linux;

namespace Imker.Inspect;

/// <summary>Finds programs, maps or links of the kernel: <c>id 5</c>, <c>pinned /sys/fs/bpf/x</c>, <c>tag 6d918d124805ad47</c>, <c>name count</c>.</summary>
/// <param name="Kind">What by.</param>
/// <param name="Value">As the command line gives it.</param>
public sealed record ObjectSelector(SelectorKind Kind, string Value)
{
    /// <summary>The number that the selector names.</summary>
    /// <exception cref="InspectException">It is none.</exception>
    public uint Id => uint.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out uint id)
        ? id
        : throw new InspectException($"an id is a number; it cannot be '{Value}'");

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Value}";

    /// <summary>All programs that are meant; all there are for null. The caller disposes them.</summary>
    /// <exception cref="InspectException">There is none.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static IReadOnlyList<KernelProgram> Programs(ObjectSelector? which) => which switch
    {
        null => All(KernelObjectKind.Program, KernelProgram.TryOpen, _ => true),
        { Kind: SelectorKind.Id } => [KernelProgram.TryOpen(which.Id) ?? throw Missing("program", which)],
        { Kind: SelectorKind.Pinned } => [KernelProgram.TryOpenPinned(which.Value) ?? throw Missing("program", which)],
        { Kind: SelectorKind.Tag } => Found("program", which, All(KernelObjectKind.Program, KernelProgram.TryOpen, program => program.GetInfo().Tag == which.Value)),
        _ => Found("program", which, All(KernelObjectKind.Program, KernelProgram.TryOpen, program => HasName(program, which.Value))),
    };

    /// <inheritdoc cref="Programs"/>
    public static IReadOnlyList<KernelMap> Maps(ObjectSelector? which) => which switch
    {
        null => All(KernelObjectKind.Map, KernelMap.TryOpen, _ => true),
        { Kind: SelectorKind.Id } => [KernelMap.TryOpen(which.Id) ?? throw Missing("map", which)],
        { Kind: SelectorKind.Pinned } => [KernelMap.TryOpenPinned(which.Value) ?? throw Missing("map", which)],
        _ => Found("map", which, All(KernelObjectKind.Map, KernelMap.TryOpen, map => map.Name == Cut(which.Value))),
    };

    /// <inheritdoc cref="Programs"/>
    public static IReadOnlyList<KernelLink> Links(ObjectSelector? which) => which switch
    {
        null => All(KernelObjectKind.Link, KernelLink.TryOpen, _ => true),
        { Kind: SelectorKind.Id } => [KernelLink.TryOpen(which.Id) ?? throw Missing("link", which)],
        _ => [KernelLink.TryOpenPinned(which.Value) ?? throw Missing("link", which)],
    };

    /// <summary>The one program that is meant.</summary>
    /// <exception cref="InspectException">There is none, or more than one.</exception>
    public static KernelProgram Program(ObjectSelector which) => Single("program", which, Programs(which), program => program.GetInfo().Id);

    /// <summary>The one map that is meant.</summary>
    /// <inheritdoc cref="Program"/>
    public static KernelMap Map(ObjectSelector which) => Single("map", which, Maps(which), map => map.GetInfo().Id);

    /// <summary>The one link that is meant.</summary>
    /// <inheritdoc cref="Program"/>
    public static KernelLink Link(ObjectSelector which) => Single("link", which, Links(which), link => link.GetInfo().Id);

    private static T Single<T>(string what, ObjectSelector which, IReadOnlyList<T> found, Func<T, uint> idOf)
        where T : class, IDisposable
    {
        if (found.Count == 1)
            return found[0];
        string ids = string.Join(", ", found.Select(idOf));
        foreach (T item in found)
            item.Dispose();
        throw new InspectException($"{found.Count} {what}s have the {which}: {ids}; give the id of one");
    }

    // What is gone before it could be opened is not there.
    private static List<T> All<T>(KernelObjectKind kind, Func<uint, T?> open, Func<T, bool> isMeant)
        where T : class, IDisposable
    {
        List<T> found = [];
        foreach (uint id in KernelObjects.Ids(kind))
        {
            if (open(id) is not { } item)
                continue;
            if (isMeant(item))
                found.Add(item);
            else
                item.Dispose();
        }
        return found;
    }

    private static IReadOnlyList<T> Found<T>(string what, ObjectSelector which, List<T> found) => found.Count > 0 ? found : throw Missing(what, which);

    private static InspectException Missing(string what, ObjectSelector which) => new(which.Kind == SelectorKind.Pinned
        ? $"there is no {what} pinned at {which.Value}"
        : $"there is no {what} with {which}; '{(what == "program" ? "prog" : what)} list' shows those that are there");

    // The kernel keeps fifteen characters; the whole name stands in the type information.
    private static bool HasName(KernelProgram program, string name) => program.Name == name || (program.Name == Cut(name) && FullProgramName.Of(program) == name);

    private static string Cut(string name) => name.Length > FullProgramName.LongestKernelName ? name[..FullProgramName.LongestKernelName] : name;
}
