using Imker.Compiler.Ir;

namespace Imker.Filter.Ebpf;

/// <summary>The largest value that a number can have as the kernel's verifier sees it without being told by a comparison.</summary>
internal static class VisibleBound
{
    // Filters are not nested deeper in what matters.
    private const int MaxDepth = 8;

    public static long? Of(IrValue value, int depth = 0) => depth > MaxDepth ? null : value switch
    {
        IrConstant constant => constant.Value,
        LoadInstruction { Type.Kind: IrTypeKind.I8 } => byte.MaxValue,
        ConvertInstruction { Operator: ConvertOperator.ZeroExtend } convert => Of(convert.Value, depth + 1),
        BinaryInstruction { Operator: BinaryOperator.And, Right: IrConstant mask } => mask.Value,
        BinaryInstruction { Operator: BinaryOperator.ShiftRightUnsigned, Right: IrConstant count } shift =>
            Of(shift.Left, depth + 1) is { } bound ? bound >> (int)(count.Value & 31) : null,
        BinaryInstruction { Operator: BinaryOperator.ShiftLeft, Right: IrConstant { Value: < 16 } count } shift =>
            Of(shift.Left, depth + 1) is { } bound && bound <= ushort.MaxValue ? bound << (int)count.Value : null,
        BinaryInstruction { Operator: BinaryOperator.Add } add =>
            Of(add.Left, depth + 1) is { } left && Of(add.Right, depth + 1) is { } right && left + right <= int.MaxValue ? left + right : null,
        _ => null,
    };
}
