using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

internal sealed partial class SimplifyRules
{
    private static IrValue? Convert(ConvertInstruction i)
    {
        if (i.Value is IrConstant constant)
            return ConstantFolding.Convert(i.Operator, i.Type, constant);
        return i.Value is ConvertInstruction inner ? Convert(i, inner) : null;
    }

    private static IrValue? Convert(ConvertInstruction outer, ConvertInstruction inner) => (outer.Operator, inner.Operator) switch
    {
        (ConvertOperator.ZeroExtend, ConvertOperator.ZeroExtend)
            or (ConvertOperator.SignExtend, ConvertOperator.SignExtend)
            or (ConvertOperator.Truncate, ConvertOperator.Truncate) => new ConvertInstruction(outer.Operator, outer.Type, inner.Value),
        (ConvertOperator.SignExtend, ConvertOperator.ZeroExtend) => new ConvertInstruction(inner.Operator, outer.Type, inner.Value),
        (ConvertOperator.Truncate, ConvertOperator.ZeroExtend or ConvertOperator.SignExtend) => CutAfterExtension(outer, inner),
        (ConvertOperator.ByteSwap, ConvertOperator.ByteSwap) => inner.Value,
        _ => null,
    };

    private static IrValue CutAfterExtension(ConvertInstruction outer, ConvertInstruction inner)
    {
        if (outer.Type == inner.Value.Type)
            return inner.Value;
        return outer.Type.Bits < inner.Value.Type.Bits
            ? new ConvertInstruction(ConvertOperator.Truncate, outer.Type, inner.Value)
            : new ConvertInstruction(inner.Operator, outer.Type, inner.Value);
    }
}
