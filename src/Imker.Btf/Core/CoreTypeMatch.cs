namespace Imker.Btf;

/// <summary>
/// Whether a type of the program stands for one of the target: fields loosely (libbpf, <c>bpf_core_fields_are_compat</c>), whole
/// types by kind (<c>bpf_core_types_are_compat</c>) or member by member (<c>bpf_core_types_match</c>).
/// </summary>
internal static class CoreTypeMatch
{
    private const int MaxDepth = 32;

    // Types may be nested in each other so that their paths are without number: no real ones need as many comparisons.
    private const int MaxComparisons = 1 << 20;

    public static bool Matches(BtfType local, BtfType target, CoreRelocationKind kind)
    {
        int work = MaxComparisons;
        return kind == CoreRelocationKind.TypeMatches
            ? IsSame(local, target, behindPointer: false, MaxDepth, ref work)
            : AreCompatible(local, target, MaxDepth, ref work);
    }

    /// <summary>Kinds that may stand for one another: the same, or enums of either width.</summary>
    public static bool AreKindsCompatible(BtfKind local, BtfKind target) => local == target || IsEnum(local) && IsEnum(target);

    public static bool AreFieldsCompatible(BtfType local, BtfType target)
    {
        (local, target) = (local.SkipModifiers(), target.SkipModifiers());
        while (local.Kind == BtfKind.Array && target.Kind == BtfKind.Array)
            (local, target) = (local.Target.SkipModifiers(), target.Target.SkipModifiers());
        if (IsComposite(local) && IsComposite(target))
            return true;
        if (!AreKindsCompatible(local.Kind, target.Kind))
            return false;
        return local.Kind switch
        {
            BtfKind.Pointer or BtfKind.Float => true,
            // One of them may have no name.
            BtfKind.Forward or BtfKind.Enum or BtfKind.Enum64 =>
                local.NameBytes.IsEmpty || target.NameBytes.IsEmpty || CoreName.AreSame(local.NameBytes, target.NameBytes),
            BtfKind.Int => local.IntBitOffset == 0 && target.IntBitOffset == 0,
            _ => false,
        };
    }

    private static bool AreCompatible(BtfType local, BtfType target, int depth, ref int work)
    {
        if (!AreKindsCompatible(local.Kind, target.Kind))
            return false;
        while (depth-- > 0 && work-- > 0)
        {
            (local, target) = (local.SkipModifiers(), target.SkipModifiers());
            if (!AreKindsCompatible(local.Kind, target.Kind))
                return false;
            switch (local.Kind)
            {
                case BtfKind.Void or BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Forward:
                    return true;
                case BtfKind.Int:
                    return local.IntBitOffset == 0 && target.IntBitOffset == 0;
                case BtfKind.FunctionPrototype when !AreParametersCompatible(local, target, depth, ref work):
                    return false;
                case BtfKind.Pointer or BtfKind.Array or BtfKind.FunctionPrototype:
                    (local, target) = (local.Target, target.Target);
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private static bool AreParametersCompatible(BtfType local, BtfType target, int depth, ref int work)
    {
        if (local.Count != target.Count)
            return false;
        for (int i = 0; i < local.Count; i++)
        {
            if (!AreCompatible(local.Parameter(i).SkipModifiers(), target.Parameter(i).SkipModifiers(), depth, ref work))
                return false;
        }
        return true;
    }

    private static bool IsSame(BtfType local, BtfType target, bool behindPointer, int depth, ref int work)
    {
        while (depth-- > 0 && work-- > 0)
        {
            (local, target) = (local.SkipModifiers(), target.SkipModifiers());
            if (!CoreName.AreSame(local.NameBytes, target.NameBytes))
                return false;
            switch (local.Kind)
            {
                case BtfKind.Void:
                    return target.Kind == BtfKind.Void;
                case BtfKind.Int:
                    return target.Kind == BtfKind.Int && local.Size == target.Size && local.IsSigned == target.IsSigned;
                case BtfKind.Enum or BtfKind.Enum64:
                    return IsEnum(target.Kind) && HasEnumerators(local, target);
                case BtfKind.Forward:
                    return IsSameForward(local, target, behindPointer);
                case BtfKind.Struct or BtfKind.Union when behindPointer:
                    return local.Kind == target.Kind
                        || target.Kind == BtfKind.Forward && local.Kind == BtfKind.Union == target.IsUnionForward;
                case BtfKind.Struct or BtfKind.Union:
                    return local.Kind == target.Kind && HasMembers(local, target, depth, ref work);
                case BtfKind.Array when target.Kind != BtfKind.Array || local.ElementCount != target.ElementCount:
                case BtfKind.FunctionPrototype when target.Kind != BtfKind.FunctionPrototype || !HasParameters(local, target, behindPointer, depth, ref work):
                case BtfKind.Pointer when target.Kind != BtfKind.Pointer:
                    return false;
                case BtfKind.Pointer or BtfKind.Array or BtfKind.FunctionPrototype:
                    behindPointer |= local.Kind == BtfKind.Pointer;
                    (local, target) = (local.Target, target.Target);
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private static bool IsSameForward(BtfType local, BtfType target, bool behindPointer) => target.Kind switch
    {
        BtfKind.Forward => local.IsUnionForward == target.IsUnionForward,
        BtfKind.Struct => behindPointer && !local.IsUnionForward,
        BtfKind.Union => behindPointer && local.IsUnionForward,
        _ => false,
    };

    private static bool HasEnumerators(BtfType local, BtfType target)
    {
        if (local.Size != target.Size || local.Count > target.Count)
            return false;
        for (int i = 0; i < local.Count; i++)
        {
            ReadOnlySpan<byte> name = local.Enumerator(i).NameBytes;
            int j = 0;
            while (j < target.Count && !CoreName.AreSame(name, target.Enumerator(j).NameBytes))
                j++;
            if (j == target.Count)
                return false;
        }
        return true;
    }

    private static bool HasMembers(BtfType local, BtfType target, int depth, ref int work)
    {
        if (local.Count > target.Count)
            return false;
        for (int i = 0; i < local.Count; i++)
        {
            BtfMember member = local.Member(i);
            int j = 0;
            while (j < target.Count && !(CoreName.AreSame(member.NameBytes, target.Member(j).NameBytes)
                && IsSame(member.Type, target.Member(j).Type, behindPointer: false, depth, ref work)))
                j++;
            if (j == target.Count)
                return false;
        }
        return true;
    }

    private static bool HasParameters(BtfType local, BtfType target, bool behindPointer, int depth, ref int work)
    {
        if (local.Count != target.Count)
            return false;
        for (int i = 0; i < local.Count; i++)
        {
            if (!IsSame(local.Parameter(i), target.Parameter(i), behindPointer, depth, ref work))
                return false;
        }
        return true;
    }

    private static bool IsEnum(BtfKind kind) => kind is BtfKind.Enum or BtfKind.Enum64;

    private static bool IsComposite(BtfType type) => type.Kind is BtfKind.Struct or BtfKind.Union;
}
