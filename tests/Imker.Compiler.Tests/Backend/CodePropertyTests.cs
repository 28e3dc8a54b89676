using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.Compiler.Tests.Ir;
using Imker.Compiler.Tests.Passes;
using Imker.Objects;

namespace Imker.Compiler.Tests.Backend;

/// <summary>Generated code does what its IR does: the same result, the same calls, the same bytes in maps and sections.</summary>
public sealed class CodePropertyTests
{
    [Theory]
    [InlineData(15, 400, false)]
    [InlineData(40, 300, false)]
    [InlineData(60, 300, true)]
    [InlineData(200, 60, true)]
    public void Code_does_what_the_IR_does(int size, int functions, bool optimize)
    {
        for (int seed = 1; seed <= functions; seed++)
        {
            IrModule module = Module(seed, size);
            string before = IrPrinter.Print(module);
            BpfObject compiled = BpfCompiler.Compile(module, new TestTarget(), new CompilerOptions { Optimize = optimize });
            IrFunction function = RandomFunction.Make(seed, size);
            for (int run = 0; run < 4; run++)
            {
                Evaluation expected = IrEvaluator.Run(function, run), actual = CodeEvaluator.Run(compiled, "main", run);
                if (expected.ToString() != actual.ToString())
                    Assert.Fail($"seed {seed}, run {run}: {actual}\ninstead of {expected}\n{before}\n{Listing.Of(compiled)}");
            }
        }
    }

    private static IrModule Module(int seed, int size)
    {
        var module = new IrModule { Shell = new BpfObject { Name = "random" } };
        module.Programs.Add(new IrProgram(RandomFunction.Make(seed, size), "random"));
        return module;
    }
}
