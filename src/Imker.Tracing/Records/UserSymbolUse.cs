using System.Collections.Immutable;
using Imker.Objects;

namespace Imker.Tracing.Records;

/// <summary>Tells whether an object's records or maps hold addresses of processes that are to be shown by name.</summary>
internal static class UserSymbolUse
{
    public static bool IsIn(BpfObject bpfObject) =>
        bpfObject.Records.Any(r => r.Fields.Any(f => IsIn(f.Type)))
        || bpfObject.Views.Any(v => IsIn(v.Value) || (v.Key is { } key && IsIn(key)));

    private static bool IsIn(DataType type) => type switch
    {
        UserSymbolData => true,
        StackData stack => stack.IsUser && stack.Mode != StackMode.Raw,
        TupleData tuple => AnyOf(tuple.Fields),
        StructData structure => AnyOf(structure.Fields),
        ArrayData array => IsIn(array.Element),
        _ => false,
    };

    private static bool AnyOf(ImmutableArray<DataField> fields) => fields.Any(f => IsIn(f.Type));
}
