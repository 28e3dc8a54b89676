using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.TestKit;

namespace Imker.Compiler.Tests.Passes;

/// <summary>
/// Each file <c>testdata/passes/&lt;pass&gt;/&lt;case&gt;.before.ir</c> goes through the pass that its folder is named for; what
/// comes out stands beside it.
/// </summary>
public sealed class PassGoldenTests
{
    private const string Before = ".before.ir";

    public static IEnumerable<TheoryDataRow<string, string>> Cases() =>
        from folder in Directory.GetDirectories(Golden.PathOf("passes")).Order(StringComparer.Ordinal)
        from file in Directory.GetFiles(folder, "*" + Before).Order(StringComparer.Ordinal)
        select new TheoryDataRow<string, string>(Path.GetFileName(folder), Path.GetFileName(file)[..^Before.Length]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pass_makes_of_its_input_what_stands_beside_it(string folder, string name)
    {
        Pass pass = PassPipeline.Passes.First(p => FolderOf(p) == folder);
        IrModule module = PassCase.Parse(Golden.Read($"passes/{folder}/{name}{Before}"));
        var context = new PassContext(module, new TestTarget());
        foreach (IrFunction function in FunctionsOf(module))
        {
            Assert.Empty(IrVerifier.Check(function));
            pass.Run(function, context);
            Assert.Empty(IrVerifier.Check(function));
        }
        Golden.Verify($"passes/{folder}/{name}.after.ir", IrPrinter.Print(module));
    }

    [Fact]
    public void Every_pass_has_a_case()
    {
        HashSet<string> covered = [.. Cases().Select(c => c.Data.Item1)];
        Assert.Empty(PassPipeline.Passes.Select(FolderOf).Distinct().Except(covered));
    }

    private static string FolderOf(Pass pass) => pass.Name.Replace(' ', '-');

    private static IEnumerable<IrFunction> FunctionsOf(IrModule module) => module.Programs.Select(p => p.Function).Concat(module.Functions);
}
