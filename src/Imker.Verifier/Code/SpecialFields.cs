using System.Collections.Immutable;
using Imker.Btf;

namespace Imker.Verifier.Code;

/// <summary>What a field of a map's value, or of an object that a program allocates, is beside data.</summary>
internal enum SpecialFieldKind : byte
{
    SpinLock,
    ResilientSpinLock,
    Timer,
    WorkQueue,
    TaskWork,
    UntrustedKptr,
    Kptr,
    PerCpuKptr,
    UserPointer,
    ListHead,
    ListNode,
    TreeRoot,
    TreeNode,
    ReferenceCount,
}

/// <summary>A field that plain loads and stores must leave alone.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Bytes from the start of the value.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Pointee">Of a pointer, what it points to; of a list or tree, the structure of its nodes.</param>
/// <param name="NodeName">Of a list or tree, the member of that structure that is the node.</param>
internal readonly record struct SpecialField(SpecialFieldKind Kind, int Offset, int Size, BtfType? Pointee = null, string? NodeName = null)
{
    public bool IsPointer => Kind is SpecialFieldKind.UntrustedKptr or SpecialFieldKind.Kptr or SpecialFieldKind.PerCpuKptr or SpecialFieldKind.UserPointer;

    /// <summary>As the kernel's structure is called.</summary>
    public string Name => Kind switch
    {
        SpecialFieldKind.SpinLock => "bpf_spin_lock",
        SpecialFieldKind.ResilientSpinLock => "bpf_res_spin_lock",
        SpecialFieldKind.Timer => "bpf_timer",
        SpecialFieldKind.WorkQueue => "bpf_wq",
        SpecialFieldKind.TaskWork => "bpf_task_work",
        SpecialFieldKind.ListHead => "bpf_list_head",
        SpecialFieldKind.ListNode => "bpf_list_node",
        SpecialFieldKind.TreeRoot => "bpf_rb_root",
        SpecialFieldKind.TreeNode => "bpf_rb_node",
        SpecialFieldKind.ReferenceCount => "bpf_refcount",
        _ => "kptr",
    };
}

/// <summary>The special fields of one structure, in the order of their places.</summary>
internal sealed class SpecialFields
{
    private const int MaxDepth = 4;

    private SpecialFields(ImmutableArray<SpecialField> all) => All = all;

    public static SpecialFields None { get; } = new([]);

    public ImmutableArray<SpecialField> All { get; }

    /// <summary>Finds them by the names and tags of their types (kernel: <c>btf_parse_fields</c>).</summary>
    public static SpecialFields Find(BtfType type)
    {
        var found = ImmutableArray.CreateBuilder<SpecialField>();
        Collect(type, 0, found, 0);
        if (found.Count == 0)
            return None;
        found.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        return new SpecialFields(found.ToImmutable());
    }

    public SpecialField? At(int offset)
    {
        foreach (SpecialField field in All)
        {
            if (field.Offset == offset)
                return field;
        }
        return null;
    }

    public SpecialField? Find(SpecialFieldKind kind)
    {
        foreach (SpecialField field in All)
        {
            if (field.Kind == kind)
                return field;
        }
        return null;
    }

    private static void Collect(BtfType type, int offset, ImmutableArray<SpecialField>.Builder found, int depth)
    {
        type = type.SkipModifiers();
        if (depth > MaxDepth)
            return;
        if (type.Kind == BtfKind.DataSection)
        {
            foreach (BtfSectionEntry entry in type.SectionEntries.Where(entry => entry.Variable.Kind == BtfKind.Variable))
                Visit(entry.Variable, entry.Variable.Target, offset + (int)entry.Offset, found, depth);
        }
        else if (type.Kind == BtfKind.Struct)
        {
            foreach (BtfMember member in type.Members)
            {
                if (member.BitOffset % 8 == 0)
                    Visit(type, member.Type, offset + (int)(member.BitOffset / 8), found, depth, member.Index);
            }
        }
    }

    private static void Visit(BtfType owner, BtfType type, int offset, ImmutableArray<SpecialField>.Builder found, int depth, int member = -1)
    {
        BtfType bare = type.SkipModifiers();
        if (bare.Kind == BtfKind.Array)
        {
            BtfType element = bare.Target;
            if (!element.Owner.TryGetSize(element, out ulong size) || size == 0 || bare.ElementCount > 64)
                return;
            for (uint i = 0; i < bare.ElementCount; i++)
                Visit(owner, element, offset + (int)(i * size), found, depth + 1, member);
            return;
        }
        if (bare.Kind == BtfKind.Pointer)
        {
            if (PointerKind(bare.Target) is { } pointer)
                found.Add(new SpecialField(pointer, offset, 8, bare.Target.SkipModifiers()));
            return;
        }
        if (bare.Kind is not BtfKind.Struct)
            return;
        if (KindOf(bare.Name) is { } kind)
            found.Add(Describe(kind, owner, member, offset, (int)bare.Size));
        else
            Collect(bare, offset, found, depth + 1);
    }

    private static SpecialField Describe(SpecialFieldKind kind, BtfType owner, int member, int offset, int size)
    {
        if (kind is SpecialFieldKind.ListHead or SpecialFieldKind.TreeRoot && Contained(owner, member) is { } contained)
        {
            string[] parts = contained.Split(':');
            if (parts.Length == 3 && owner.Owner.TryFind(BtfKind.Struct, parts[1], out BtfType node))
                return new SpecialField(kind, offset, size, node, parts[2]);
        }
        return new SpecialField(kind, offset, size);
    }

    // The tag "contains:STRUCT:MEMBER" of the list or tree.
    private static string? Contained(BtfType owner, int member)
    {
        foreach (BtfType tag in owner.Owner.OwnTypes)
        {
            if (tag.Kind == BtfKind.DeclarationTag && tag.Target == owner && tag.ComponentIndex == member && tag.Name.StartsWith("contains:", StringComparison.Ordinal))
                return tag.Name;
        }
        return null;
    }

    private static SpecialFieldKind? PointerKind(BtfType pointee)
    {
        for (BtfType type = pointee; type.Kind is BtfKind.TypeTag or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict; type = type.Target)
        {
            if (type.Kind != BtfKind.TypeTag)
                continue;
            switch (type.Name)
            {
                case "kptr_untrusted":
                    return SpecialFieldKind.UntrustedKptr;
                case "kptr":
                    return SpecialFieldKind.Kptr;
                case "percpu_kptr":
                    return SpecialFieldKind.PerCpuKptr;
                case "uptr":
                    return SpecialFieldKind.UserPointer;
            }
        }
        return null;
    }

    private static SpecialFieldKind? KindOf(string name) => name switch
    {
        "bpf_spin_lock" => SpecialFieldKind.SpinLock,
        "bpf_res_spin_lock" => SpecialFieldKind.ResilientSpinLock,
        "bpf_timer" => SpecialFieldKind.Timer,
        "bpf_wq" => SpecialFieldKind.WorkQueue,
        "bpf_task_work" => SpecialFieldKind.TaskWork,
        "bpf_list_head" => SpecialFieldKind.ListHead,
        "bpf_list_node" => SpecialFieldKind.ListNode,
        "bpf_rb_root" => SpecialFieldKind.TreeRoot,
        "bpf_rb_node" => SpecialFieldKind.TreeNode,
        "bpf_refcount" => SpecialFieldKind.ReferenceCount,
        _ => null,
    };
}
