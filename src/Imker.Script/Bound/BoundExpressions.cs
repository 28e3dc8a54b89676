using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Types;

namespace Imker.Script.Bound;

public abstract record BoundExpression(SourceSpan Span, ScriptType Type);

/// <summary>A number (also of a boolean, pointer or enumeration type) known at compile time.</summary>
public sealed record BoundInteger(SourceSpan Span, ScriptType Type, long Value) : BoundExpression(Span, Type);

/// <summary>A text known at compile time, escapes resolved; each char is one byte (0 to 255), UTF-8 already encoded.</summary>
public sealed record BoundText(SourceSpan Span, string Value) : BoundExpression(Span, new StringType(Value.Length + 1));

/// <summary>A value that the probe gives without arguments.</summary>
/// <param name="Index">Of <see cref="BuiltinVariable.Argument"/>: which, from 0.</param>
public sealed record BoundBuiltin(SourceSpan Span, ScriptType Type, BuiltinVariable Variable, int Index = 0) : BoundExpression(Span, Type);

public sealed record BoundVariable(SourceSpan Span, VariableSymbol Variable) : BoundExpression(Span, Variable.Type);

/// <summary>
/// An entry's value, zero when there is none. Of an aggregate: the sum over the CPUs as integer
/// (<see cref="BoundExpression.Type"/> says which), which only counts, sums, extrema and averages have.
/// </summary>
public sealed record BoundMapElement(SourceSpan Span, ScriptType Type, MapSymbol Map, BoundExpression? Key) : BoundExpression(Span, Type);

/// <summary>A map as argument of a function that takes one: <c>print</c>, <c>clear</c>, <c>zero</c>, <c>len</c>.</summary>
public sealed record BoundMap(SourceSpan Span, MapSymbol Map) : BoundExpression(Span, ScriptType.None);

public enum UnaryOperator
{
    Negate,
    Complement,

    /// <summary>Gives a boolean; the operand is an integer, boolean or pointer.</summary>
    Not,
}

public sealed record BoundUnary(SourceSpan Span, ScriptType Type, UnaryOperator Operator, BoundExpression Operand) : BoundExpression(Span, Type);

public enum BinaryOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>The right operand is evaluated only when the left is not zero.</summary>
    LogicalAnd,

    /// <summary>The right operand is evaluated only when the left is zero.</summary>
    LogicalOr,
}

/// <summary>
/// Arithmetic gives the type of its operands, which are equal integers of 64 bits (shifts: of the left); pointers have been
/// scaled and are 64-bit integers by then. Comparisons give a boolean and take two equal types: integers, booleans, pointers,
/// or (equal, not equal) strings, buffers, tuples, arrays. Logical operators take integers, booleans, pointers.
/// </summary>
public sealed record BoundBinary(
    SourceSpan Span, ScriptType Type, BinaryOperation Operation, BoundExpression Left, BoundExpression Right) : BoundExpression(Span, Type);

/// <summary>Both results have the type of the whole (strings: the larger capacity).</summary>
public sealed record BoundTernary(
    SourceSpan Span, ScriptType Type, BoundExpression Condition, BoundExpression IfTrue, BoundExpression IfFalse) : BoundExpression(Span, Type);

/// <summary>
/// A change of type, written or implied: between integers (extended as the operand's sign says, or cut), integers and
/// pointers, enumerations, booleans; strings to another capacity; an integer to a byte array and back.
/// </summary>
public sealed record BoundConversion(SourceSpan Span, ScriptType Type, BoundExpression Operand) : BoundExpression(Span, Type);

/// <summary><c>++</c> and <c>--</c> on a variable or a map entry.</summary>
/// <param name="Target"><see cref="BoundVariable"/> or <see cref="BoundMapElement"/>.</param>
/// <param name="Delta">1 or -1 (pointers: scaled).</param>
/// <param name="IsPrefix">Gives the new value, else the old.</param>
public sealed record BoundIncrement(SourceSpan Span, BoundExpression Target, long Delta, bool IsPrefix) : BoundExpression(Span, Target.Type);

/// <summary>A field of the tracepoint's context.</summary>
public sealed record BoundTracepointField(SourceSpan Span, ScriptType Type, TracepointField Field) : BoundExpression(Span, Type);

/// <summary>A field of a structure in memory: the base is a pointer to it, or an expression that stands in memory itself.</summary>
public sealed record BoundField(SourceSpan Span, BoundExpression Base, StructField Field) : BoundExpression(Span, Field.Type);

/// <summary>What a pointer points to.</summary>
public sealed record BoundDereference(SourceSpan Span, ScriptType Type, BoundExpression Pointer) : BoundExpression(Span, Type);

/// <summary>An element of an array in memory, or what stands so many elements behind a pointer. The index is a 64-bit integer.</summary>
public sealed record BoundIndex(SourceSpan Span, ScriptType Type, BoundExpression Base, BoundExpression Index) : BoundExpression(Span, Type);

public sealed record BoundTuple(SourceSpan Span, ImmutableArray<BoundExpression> Elements)
    : BoundExpression(Span, new TupleType([.. Elements.Select(e => e.Type)]));

public sealed record BoundTupleElement(SourceSpan Span, ScriptType Type, BoundExpression Tuple, int Index) : BoundExpression(Span, Type);

/// <summary>A call of a built-in function; arguments are checked and converted, constants among them folded.</summary>
public sealed record BoundCall(
    SourceSpan Span, ScriptType Type, BuiltinFunction Function, ImmutableArray<BoundExpression> Arguments) : BoundExpression(Span, Type);
