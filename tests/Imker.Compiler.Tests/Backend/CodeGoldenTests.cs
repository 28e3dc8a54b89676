using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.Compiler.Tests.Passes;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Compiler.Tests.Backend;

/// <summary>
/// Each file <c>testdata/backend/&lt;case&gt;.ir</c> is compiled; the assembly stands beside it. A case whose name ends in
/// <c>.old</c> is compiled for a target without version 4 of the instruction set.
/// </summary>
public sealed class CodeGoldenTests
{
    private const string Ir = ".ir";

    public static IEnumerable<TheoryDataRow<string>> Cases() =>
        from file in Directory.GetFiles(Golden.PathOf("backend"), "*" + Ir).Order(StringComparer.Ordinal)
        select new TheoryDataRow<string>(Path.GetFileName(file)[..^Ir.Length]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Code_is_what_stands_beside_the_IR(string name)
    {
        IrModule module = IrParser.Parse(new SourceText(name, Golden.Read($"backend/{name}{Ir}")));
        foreach (IrFunction function in module.Programs.Select(p => p.Function).Concat(module.Functions))
            Assert.Empty(IrVerifier.Check(function));
        TestTarget target = name.EndsWith(".old", StringComparison.Ordinal)
            ? new TestTarget(KernelFeature.InstructionSetV4, KernelFeature.FetchingAtomics)
            : new TestTarget();
        BpfObject compiled = BpfCompiler.Compile(module, target, new CompilerOptions { Optimize = false });
        Golden.Verify($"backend/{name}.asm", Listing.Of(compiled));
    }
}
