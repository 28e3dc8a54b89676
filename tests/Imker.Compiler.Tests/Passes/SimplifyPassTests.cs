using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.Compiler.Tests.Ir;

namespace Imker.Compiler.Tests.Passes;

/// <summary>Every operator with every literal that some rule may look at, on either side, alone and one on top of the other.</summary>
public sealed class SimplifyPassTests
{
    private static readonly long[] literals = [0, 1, 2, 3, 8, 31, 32, 33, 63, 64, 255, 256, -1, -2, 0x7fffffff, 0x80000000, 0xffffffff, long.MinValue, long.MaxValue];

    private static readonly long[] inputs = [0, 1, 2, 255, 256, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 0x123456789abcdef0, -0x123456789abcdef0];

    public static IEnumerable<TheoryDataRow<BinaryOperator>> Binary() => Enum.GetValues<BinaryOperator>().Select(op => new TheoryDataRow<BinaryOperator>(op));

    public static IEnumerable<TheoryDataRow<CompareOperator>> Compare() => Enum.GetValues<CompareOperator>().Select(op => new TheoryDataRow<CompareOperator>(op));

    [Theory]
    [MemberData(nameof(Binary))]
    public void Arithmetic_with_a_literal_gives_the_same(BinaryOperator op)
    {
        foreach (IrType type in (IrType[])[IrType.I32, IrType.I64])
        {
            AssertSame(type, (b, x) => b.Binary(op, x, x));
            foreach (long literal in literals)
            {
                AssertSame(type, (b, x) => b.Binary(op, x, b.Constant(type, literal)));
                AssertSame(type, (b, x) => b.Binary(op, b.Constant(type, literal), x));
                foreach (long second in literals)
                    AssertSame(type, (b, x) => b.Binary(op, b.Binary(op, x, b.Constant(type, literal)), b.Constant(type, second)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Compare))]
    public void A_comparison_with_a_literal_gives_the_same(CompareOperator op)
    {
        foreach (IrType type in (IrType[])[IrType.I32, IrType.I64])
        {
            AssertSame(type, (b, x) => b.Resize(b.Compare(op, x, x), type, false));
            foreach (long literal in literals)
            {
                AssertSame(type, (b, x) => b.Resize(b.Compare(op, x, literal), type, false));
                AssertSame(type, (b, x) => b.Resize(b.Compare(op, b.Constant(type, literal), x), type, false));
                AssertSame(type, (b, x) => b.Resize(b.Compare(op, b.Resize(b.Compare(op, x, literal), type, false), literal), type, false));
                AssertSame(type, (b, x) => b.Select(b.Compare(CompareOperator.Equal, b.Compare(op, x, literal), 0), b.Constant(type, 1), b.Constant(type, 0)));
            }
        }
    }

    [Fact]
    public void Conversions_on_top_of_each_other_give_the_same()
    {
        IrType[] types = [IrType.I8, IrType.I16, IrType.I32, IrType.I64];
        foreach (IrType first in types)
        {
            foreach (IrType second in types)
            {
                for (int signs = 0; signs < 8; signs++)
                {
                    bool[] isSigned = [(signs & 1) != 0, (signs & 2) != 0, (signs & 4) != 0];
                    AssertSame(IrType.I64, (b, x) => b.Resize(b.Resize(b.Resize(x, first, isSigned[0]), second, isSigned[1]), IrType.I64, isSigned[2]));
                    AssertSame(IrType.I64, (b, x) => b.And(b.Resize(b.Resize(x, first, isSigned[0]), IrType.I64, isSigned[1]), (1L << (second.Bits - 1)) - 1));
                }
            }
        }
    }

    private static void AssertSame(IrType type, Func<IrBuilder, IrValue, IrValue> write)
    {
        IrFunction plain = Function(type, write), simplified = Function(type, write);
        SimplifyPass.Run(simplified, new PassContext(PassCase.ModuleOf(simplified), new TestTarget()));
        foreach (long input in inputs)
        {
            var argument = new EvaluatedValue(type == IrType.I64 ? input : (uint)input);
            long expected = Call(plain, argument), actual = Call(simplified, argument);
            Assert.True(expected == actual, $"{input:x} gives {actual:x} instead of {expected:x}\n{IrPrinter.Print(plain)}{IrPrinter.Print(simplified)}");
        }
    }

    private static long Call(IrFunction function, EvaluatedValue argument) =>
        new IrEvaluator(new EvaluatedHelpers(0)).Call(function, [argument]).Integer;

    private static IrFunction Function(IrType type, Func<IrBuilder, IrValue, IrValue> write)
    {
        var input = new IrParameter(type, "x", 0);
        var builder = new IrBuilder(new IrFunction("main", IrType.I64, input) { ProgramType = ProgramType.Kprobe });
        builder.StartBlock(builder.NewBlock("entry"));
        builder.Return(builder.Resize(write(builder, input), IrType.I64, false));
        return builder.Function;
    }
}
