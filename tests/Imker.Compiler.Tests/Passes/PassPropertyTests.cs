using CsCheck;
using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.Compiler.Tests.Ir;

namespace Imker.Compiler.Tests.Passes;

public sealed class PassPropertyTests
{
    public static IEnumerable<TheoryDataRow<string>> Names() =>
        PassPipeline.Passes.Select(p => p.Name).Distinct().Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pass_leaves_what_a_function_does_as_it_is(string name)
    {
        Pass pass = PassPipeline.Passes.First(p => p.Name == name);
        Gen.Int.Sample(seed =>
        {
            IrFunction function = RandomFunction.Make(seed);
            var before = Evaluate(function);
            pass.Run(function, ContextOf(function));
            AssertUnchanged(before, function);
        }, iter: 300);
    }

    [Fact]
    public void All_passes_together_leave_what_a_function_does_as_it_is() => Gen.Int.Sample(seed =>
    {
        IrFunction function = RandomFunction.Make(seed, 60);
        var before = Evaluate(function);
        PassPipeline.Run(ContextOf(function), afterPass: (pass, _) => Assert.Empty(IrVerifier.Check(function).Select(p => $"{pass}: {p}")));
        AssertUnchanged(before, function);
    }, iter: 500);

    [Fact]
    public void Random_functions_are_well_formed() =>
        Gen.Int.Sample(seed => Assert.Empty(IrVerifier.Check(RandomFunction.Make(seed))), iter: 300);

    private static PassContext ContextOf(IrFunction function) => new(PassCase.ModuleOf(function), new TestTarget());

    private static Evaluation[] Evaluate(IrFunction function) =>
        [.. Enumerable.Range(1, 3).Select(seed => IrEvaluator.Run(function, seed))];

    private static void AssertUnchanged(Evaluation[] before, IrFunction function)
    {
        Assert.Empty(IrVerifier.Check(function));
        Evaluation[] after = Evaluate(function);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i].ToString(), after[i].ToString());
    }
}
