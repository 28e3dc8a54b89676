using System.Collections.Immutable;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>Which type holds the values of two: what a variable or map becomes that is given both.</summary>
internal static class TypeJoin
{
    /// <summary>
    /// The type under which a value is kept: integers in 64 bits with their sign. Narrow ones would only be widened and cut
    /// again, as all arithmetic is of 64 bits.
    /// </summary>
    public static ScriptType Widen(ScriptType type) => type switch
    {
        IntegerType integer => IntegerType.Of(8, integer.IsSigned),
        TupleType tuple => new TupleType([.. tuple.Elements.Select(Widen)]),
        _ => type,
    };

    /// <summary>The joint type, or null when there is none.</summary>
    public static ScriptType? Join(ScriptType first, ScriptType second) => (first, second) switch
    {
        (ErrorType, _) => second,
        (_, ErrorType) => first,
        _ when first == second => first,
        (IntegerType a, IntegerType b) => JoinIntegers(a, b),
        (IntegerType or BooleanType or EnumType, IntegerType or BooleanType or EnumType) => JoinIntegers(IntegerOf(first), IntegerOf(second)),
        (StringType a, StringType b) => a.Capacity > b.Capacity ? a : b,
        (BufferType a, BufferType b) => a.Capacity > b.Capacity ? a : b,
        (PointerType a, PointerType b) => JoinPointers(a, b),
        (TupleType a, TupleType b) when a.Elements.Length == b.Elements.Length => JoinTuples(a, b),
        (AggregateType a, AggregateType b) when a with { IsSigned = b.IsSigned } == b => a with { IsSigned = a.IsSigned || b.IsSigned },
        _ => null,
    };

    /// <summary>An integer type for what counts like one: booleans and enumerations.</summary>
    public static IntegerType IntegerOf(ScriptType type) => type switch
    {
        IntegerType integer => integer,
        EnumType e => IntegerType.Of(e.Bytes, e.IsSigned),
        BooleanType => ScriptType.UInt8,
        _ => ScriptType.UInt64,
    };

    // Signed when one is: of an unsigned 64-bit number and a signed one, differences and -1 are commoner than 2^63.
    private static IntegerType JoinIntegers(IntegerType a, IntegerType b) =>
        IntegerType.Of(Math.Max(a.Bytes, b.Bytes) < 8 && a.IsSigned == b.IsSigned ? Math.Max(a.Bytes, b.Bytes) : 8, a.IsSigned || b.IsSigned);

    private static PointerType JoinPointers(PointerType a, PointerType b) => new(
        a.Target == b.Target ? a.Target : ScriptType.None,
        a.Space == b.Space ? a.Space : AddressSpace.Unknown);

    private static TupleType? JoinTuples(TupleType a, TupleType b)
    {
        var elements = ImmutableArray.CreateBuilder<ScriptType>(a.Elements.Length);
        for (int i = 0; i < a.Elements.Length; i++)
        {
            if (Join(a.Elements[i], b.Elements[i]) is not { } element)
                return null;
            elements.Add(element);
        }
        return new TupleType(elements.MoveToImmutable());
    }
}
