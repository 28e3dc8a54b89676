using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

/// <summary>What types the operands of each instruction must have.</summary>
internal static class IrTypeRules
{
    /// <summary>What is wrong with an instruction; null when nothing is.</summary>
    public static string? Problem(IrInstruction instruction, IrFunction function) => instruction switch
    {
        BinaryInstruction i => Binary(i),
        CompareInstruction i => Compare(i),
        ConvertInstruction i => Convert(i),
        SelectInstruction i => Require(i.Condition.Type == IrType.Bool && i.IfTrue.Type.Kind == i.IfFalse.Type.Kind, "selects between two types, or not by a bool"),
        StackAllocateInstruction i => Require(i.Block == function.Entry && i.Size > 0 && int.IsPow2(i.Alignment), "must stand in the entry, with a size and an alignment"),
        LoadInstruction i => Pointer(i.Pointer) ?? Require(i.Type != IrType.Void, "loads nothing"),
        StoreInstruction i => Pointer(i.Pointer) ?? Require(i.Value.Type != IrType.Void, "stores nothing"),
        ZeroMemoryInstruction i => Pointer(i.Pointer) ?? Require(i.Size > 0, "has no size"),
        CopyMemoryInstruction i => Pointer(i.Target) ?? Pointer(i.Source) ?? Require(i.Size > 0, "has no size"),
        OffsetInstruction i => Pointer(i.Pointer) ?? Require(i.Distance.Type == IrType.I64 && i.Type == i.Pointer.Type, "moves a pointer by something else than an i64"),
        AtomicInstruction i => Pointer(i.Pointer) ?? Require(i.Value.Type == IrType.I32 || i.Value.Type == IrType.I64, "works on i32 and i64 alone"),
        CallHelperInstruction i => Require(i.Operands.Length <= 5, "a helper takes at most five arguments"),
        CallFunctionInstruction i => Call(i),
        AssumeInstruction i => Require(i.Type.Kind == i.Value.Type.Kind, "assumes another type"),
        BranchInstruction i => Require(i.Condition.Type == IrType.Bool, "branches by something else than a bool"),
        ReturnInstruction i => Require(i.Value.Type.Kind == function.ReturnType.Kind, $"returns {i.Value.Type}, not {function.ReturnType}"),
        _ => null,
    };

    private static string? Require(bool condition, string problem) => condition ? null : problem;

    private static string? Pointer(IrValue value) =>
        Require(value.Type.IsPointer && !value.Type.IsNullable, $"goes through {value.Type}, which is no pointer checked for null");

    private static string? Binary(BinaryInstruction i) =>
        Require(i.Left.Type == i.Right.Type && (i.Type == IrType.I32 || i.Type == IrType.I64), $"calculates with {i.Left.Type} and {i.Right.Type}");

    private static string? Compare(CompareInstruction i)
    {
        if (i.Left.Type.Kind != i.Right.Type.Kind)
            return $"compares {i.Left.Type} with {i.Right.Type}";
        if (i.Left.Type.IsPointer)
            return Require(i.Operator is CompareOperator.Equal or CompareOperator.NotEqual, "orders pointers");
        bool isSigned = i.Operator >= CompareOperator.LessSigned;
        return Require(!isSigned || i.Left.Type == IrType.I32 || i.Left.Type == IrType.I64, "signed comparisons take i32 and i64");
    }

    private static string? Convert(ConvertInstruction i) => i.Operator switch
    {
        ConvertOperator.ZeroExtend or ConvertOperator.SignExtend =>
            Require(i.Value.Type.IsInteger && i.Type.IsInteger && i.Type.Bits > i.Value.Type.Bits, $"extends {i.Value.Type} to {i.Type}"),
        ConvertOperator.Truncate =>
            Require(i.Value.Type.IsInteger && i.Type.IsInteger && i.Type.Bits < i.Value.Type.Bits, $"cuts {i.Value.Type} to {i.Type}"),
        ConvertOperator.PointerToInteger => Require(i.Value.Type.IsPointer && i.Type == IrType.I64, "gives an i64 for a pointer"),
        _ => Require(i.Type == i.Value.Type && i.Type.Bits is 16 or 32 or 64, "swaps the bytes of i16, i32, i64"),
    };

    private static string? Call(CallFunctionInstruction call)
    {
        if (call.Operands.Length != call.Function.Parameters.Count)
            return $"passes {call.Operands.Length} arguments to {call.Function.Name}, which takes {call.Function.Parameters.Count}";
        bool fits = call.Function.Parameters.Zip(call.Operands).All(pair => pair.First.Type.Kind == pair.Second.Type.Kind);
        return Require(fits, $"passes arguments of other types than {call.Function.Name} takes");
    }
}
