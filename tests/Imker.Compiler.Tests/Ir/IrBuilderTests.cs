using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Tests.Ir;

public sealed class IrBuilderTests
{
    private const int Joins = 100_000;

    // Each join makes the one before it be asked; by recursion that would take more stack than a thread has.
    [Fact]
    public void A_variable_is_read_through_any_number_of_joins()
    {
        var variable = new IrVariable(IrType.I64, "x");
        IrBuilder builder = Begin(out IrValue input);
        builder.Write(variable, builder.Int64(7));
        for (int i = 0; i < Joins; i++)
            Join(builder, input, static () => { });

        Assert.Equal(7, Assert.IsType<IrConstant>(builder.Read(variable)).Value);
    }

    [Fact]
    public void A_variable_that_any_number_of_ways_change_has_a_phi_at_each_join()
    {
        var variable = new IrVariable(IrType.I64, "x");
        IrBuilder builder = Begin(out IrValue input);
        for (int i = 0; i < Joins; i++)
            Join(builder, input, () => builder.Write(variable, builder.Int64(1)));

        builder.Return(builder.Read(variable));
        builder.Finish();
        Assert.Equal(Joins, builder.Function.Blocks.Sum(block => block.Phis.Count));
    }

    private static IrBuilder Begin(out IrValue input)
    {
        var parameter = new IrParameter(IrType.I64, "input", 0);
        var builder = new IrBuilder(new IrFunction("main", IrType.I64, parameter) { ProgramType = ProgramType.Kprobe });
        IrBlock entry = builder.NewBlock("entry");
        builder.StartBlock(entry);
        builder.Seal(entry);
        input = parameter;
        return builder;
    }

    private static void Join(IrBuilder builder, IrValue input, Action then)
    {
        IrBlock one = builder.NewBlock("one"), next = builder.NewBlock("next");
        builder.Branch(builder.Compare(CompareOperator.Equal, input, 0), one, next);
        builder.Seal(one);
        builder.StartBlock(one);
        then();
        builder.Jump(next);
        builder.Seal(next);
        builder.StartBlock(next);
    }
}
