using System.Collections.Immutable;

namespace Imker.Rendering;

/// <summary>The order in which a map's entries are printed.</summary>
internal static class MapOrder
{
    public static int Compare(MapEntry left, MapEntry right)
    {
        int order = WeightOf(left.Value).CompareTo(WeightOf(right.Value));
        return order != 0 ? order : CompareKeys(left.Key, right.Key);
    }

    // What is no number weighs the same, so that its key decides.
    private static Int128 WeightOf(in OutputValue value) => value.Kind switch
    {
        OutputValueKind.Signed => value.Bits,
        OutputValueKind.Unsigned => (ulong)value.Bits,
        OutputValueKind.Stats => WeightOf(value.Statistics!.Average),
        OutputValueKind.Histogram => value.Buckets!.Total,
        _ => 0,
    };

    private static int CompareKeys(in OutputValue left, in OutputValue right)
    {
        if (left.Kind != right.Kind)
            return left.Kind.CompareTo(right.Kind);
        return left.Kind switch
        {
            OutputValueKind.Signed => left.Bits.CompareTo(right.Bits),
            OutputValueKind.Bool or OutputValueKind.Unsigned or OutputValueKind.Named =>
                ((ulong)left.Bits).CompareTo((ulong)right.Bits),
            OutputValueKind.Text or OutputValueKind.Buffer => left.Bytes.SequenceCompareTo(right.Bytes),
            OutputValueKind.Tuple or OutputValueKind.Array => CompareLists(left.Items, right.Items),
            OutputValueKind.Record => CompareFields(left.Fields, right.Fields),
            OutputValueKind.Stack => CompareLines(left.Lines, right.Lines),
            _ => 0,
        };
    }

    private static int CompareLists(ImmutableArray<OutputValue> left, ImmutableArray<OutputValue> right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (CompareKeys(left[i], right[i]) is not 0 and int order)
                return order;
        }
        return left.Length.CompareTo(right.Length);
    }

    private static int CompareFields(ImmutableArray<OutputField> left, ImmutableArray<OutputField> right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (CompareKeys(left[i].Value, right[i].Value) is not 0 and int order)
                return order;
        }
        return left.Length.CompareTo(right.Length);
    }

    private static int CompareLines(ImmutableArray<string> left, ImmutableArray<string> right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (string.CompareOrdinal(left[i], right[i]) is not 0 and int order)
                return order;
        }
        return left.Length.CompareTo(right.Length);
    }
}
