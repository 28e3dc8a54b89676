namespace Imker.Btf;

/// <summary>
/// Follows a path of the program through a type of the target: members by their names wherever they stand, through anonymous structs
/// on either side (libbpf, <c>bpf_core_spec_match</c>).
/// </summary>
internal static class CorePathMatch
{
    // Anonymous structs may be nested so that their paths are without number.
    private const int MaxSearches = 1 << 16;

    /// <summary>The path in the target; null when it leads nowhere there.</summary>
    public static CorePath? Follow(CorePath local, BtfType target, CoreRelocationKind kind)
    {
        var path = new CorePath(target);
        if (kind.IsEnumerator())
            return TakeEnumerator(local, path) ? path : null;
        if (!kind.IsField())
            return CoreTypeMatch.Matches(local.Root, target, kind) ? path : null;
        BtfType type = target;
        for (int i = 0; i < local.Steps.Count; i++)
        {
            CoreStep step = local.Steps[i];
            if (!(step.IsElement ? FollowElement(path, step.Index, ref type) : FollowMember(path, step, type, out type)))
                return null;
        }
        return path;
    }

    private static bool TakeEnumerator(CorePath local, CorePath path)
    {
        CoreStep wanted = local.Steps[0];
        ReadOnlySpan<byte> name = wanted.Type.Enumerator(wanted.Index).NameBytes;
        BtfType type = path.Root.SkipModifiers();
        if (type.Kind is not (BtfKind.Enum or BtfKind.Enum64))
            return false;
        for (int i = 0; i < type.Count; i++)
        {
            if (!CoreName.AreSame(name, type.Enumerator(i).NameBytes))
                continue;
            path.Steps.Add(new CoreStep(type, i, IsElement: false));
            return true;
        }
        return false;
    }

    private static bool FollowElement(CorePath path, int index, ref BtfType type)
    {
        type = type.SkipModifiers();
        // The first step is an element of an array that the type itself would be in.
        if (path.Steps.Count > 0)
        {
            if (type.Kind != BtfKind.Array || !path.Last.IsFlexibleArray(type) && index >= type.ElementCount)
                return false;
            type = type.Target.SkipModifiers();
        }
        if (path.RawLength == CorePath.MaxLength)
            return false;
        path.RawLength++;
        path.Steps.Add(new CoreStep(type, index, IsElement: true));
        return path.TryAddElements(type, index);
    }

    private static bool FollowMember(CorePath path, CoreStep local, BtfType target, out BtfType next)
    {
        next = target = target.SkipModifiers();
        if (target.Kind is not (BtfKind.Struct or BtfKind.Union))
            return false;
        BtfMember wanted = local.Type.Member(local.Index);
        return Find(path, wanted, target, ref next) == true;
    }

    // Null: not here, look on. False: the name is here, but for something else.
    private static bool? Find(CorePath path, BtfMember wanted, BtfType target, ref BtfType next)
    {
        if (target.Kind is not (BtfKind.Struct or BtfKind.Union))
            return null;
        if (path.RawLength == CorePath.MaxLength || path.Work++ > MaxSearches)
            return false;
        int count = target.Count;
        path.RawLength++;
        for (int i = 0; i < count; i++)
        {
            BtfMember member = target.Member(i);
            path.BitOffset += member.BitOffset;
            if (member.NameBytes.IsEmpty)
            {
                if (Find(path, wanted, member.Type.SkipModifiers(), ref next) is { } found)
                    return found;
            }
            else if (member.NameBytes.SequenceEqual(wanted.NameBytes))
            {
                path.Steps.Add(new CoreStep(target, i, IsElement: false));
                next = member.Type;
                return CoreTypeMatch.AreFieldsCompatible(wanted.Type, member.Type);
            }
            path.BitOffset -= member.BitOffset;
        }
        path.RawLength--;
        return null;
    }
}
