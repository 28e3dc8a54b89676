using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

internal sealed partial class ProbeBinder
{
    // A bucket is 8 bytes, and the kernel keeps at most 32,768 bytes for each CPU.
    private const long MaxBuckets = 4000;
    private const int MaxHistogramBits = 5;

    private BoundStatement BindAggregate(AssignmentSyntax assignment, CallSyntax call, AggregateKind kind)
    {
        if (assignment.Target is not (MapSyntax or IndexSyntax { Target: MapSyntax }))
            return Nothing(assignment.Span);
        Entry entry = BindEntry(assignment.Target);
        if (!CheckCount(call, FunctionTable.Find(call.Name.Text)!))
            return Nothing(assignment.Span);
        BoundExpression? value = kind == AggregateKind.Count ? null : BindInteger(call.Arguments[0], $"what '{call.Name.Text}' gathers");
        if (value is not null && IsUnknown(value))
            return Nothing(assignment.Span);
        bool isSigned = value is null || IsFlexible(value) || value.Type is IntegerType { IsSigned: true };
        if (ShapeOf(call, kind, kind == AggregateKind.Count || isSigned) is not { } type ||
            !MergeValue(entry.Map, type, isFlexible: false, call.Span))
            return Nothing(assignment.Span);
        return entry.Key is not null && IsUnknown(entry.Key)
            ? Nothing(assignment.Span)
            : new BoundAggregate(assignment.Span, entry.Map.Symbol, entry.Key, value);
    }

    private AggregateType? ShapeOf(CallSyntax call, AggregateKind kind, bool isSigned)
    {
        switch (kind)
        {
            case AggregateKind.Log2Histogram:
                long bits = 0;
                if (call.Arguments.Length > 1 && !TryConstant(call.Arguments[1], out bits))
                    return null;
                if (bits is >= 0 and <= MaxHistogramBits)
                    return new AggregateType(kind, isSigned, Bits: (int)bits);
                Error(BindErrorId.OutOfRange, call.Arguments[1].Span, $"a histogram divides its powers of two by 0 to {MaxHistogramBits} bits");
                return null;
            case AggregateKind.LinearHistogram:
                return LinearShape(call, isSigned);
            default:
                return new AggregateType(kind, isSigned);
        }
    }

    private AggregateType? LinearShape(CallSyntax call, bool isSigned)
    {
        if (!TryConstant(call.Arguments[1], out long minimum) | !TryConstant(call.Arguments[2], out long maximum) | !TryConstant(call.Arguments[3], out long step))
            return null;
        if (step <= 0)
        {
            Error(BindErrorId.OutOfRange, call.Arguments[3].Span, "the step of a histogram is greater than 0");
            return null;
        }
        if (maximum <= minimum)
        {
            Error(BindErrorId.OutOfRange, call.Arguments[2].Span, $"the end of the histogram must be greater than its start, {minimum}");
            return null;
        }
        UInt128 buckets = (UInt128)((Int128)maximum - minimum + step - 1) / (UInt128)step;
        if (buckets <= (UInt128)MaxBuckets)
            return new AggregateType(AggregateKind.LinearHistogram, isSigned, Min: minimum, Max: maximum, Step: step);
        Error(BindErrorId.OutOfRange, call.Arguments[3].Span, $"the histogram would have {buckets:N0} buckets, more than {MaxBuckets:N0}", "take a larger step");
        return null;
    }
}
