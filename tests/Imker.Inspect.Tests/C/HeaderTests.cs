using Imker.Btf;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Inspect.Tests.C;

public sealed class HeaderTests
{
    /// <summary>Every macro of the headers, by either compiler, and the kernel's verifier takes what comes of them.</summary>
    [Theory]
    [InlineData("clang-19")]
    [InlineData("clang")]
    public void A_program_that_uses_every_header_compiles_without_a_warning_and_loads(string clang)
    {
        Machine.RequireRoot();
        string path = Machine.RequireTool(clang);
        string target = Path.GetTempFileName();
        var compiler = new ClangCompiler((_, arguments) => Run(path, [.. arguments.Skip(1), "-Werror"]));
        Assert.Equal(0, compiler.Compile(Golden.PathOf("headers.bpf.c"), target, []));
        BpfObject compiled = BpfObjectReader.Read(File.ReadAllBytes(target), "headers.bpf.o");
        File.Delete(target);
        using LoadedObject loaded = ObjectLoader.Load(compiled);
        Assert.Equal(compiled.Programs.Length, loaded.Programs.Count);
        Assert.True(loaded.Programs.Count >= 5);
    }

    [Fact]
    public void What_clang_says_of_a_mistake_comes_through()
    {
        string path = Machine.RequireTool("clang");
        DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-mistake-");
        string source = Path.Combine(directory.FullName, "bad.bpf.c"), said = "";
        File.WriteAllText(source, "int y;\nint x = ;\n");
        var compiler = new ClangCompiler((_, arguments) =>
        {
            using RunningProgram clang = RunningProgram.Start(path, arguments.Skip(1));
            ProgramResult result = clang.WaitForEnd(TimeSpan.FromSeconds(30));
            said = result.Error;
            return result.ExitCode;
        });
        Assert.NotEqual(0, compiler.Compile(source, source + ".o", []));
        directory.Delete(recursive: true);
        Assert.Contains("bad.bpf.c:2:9: error: expected expression", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_helper_of_the_kernel_is_declared()
    {
        string header = File.ReadAllText(Path.Combine(Machine.RepositoryRoot, "src/Imker.Inspect/C/include/bpf/bpf_helper_defs.h"));
        Assert.All(Bytecode.HelperTable.All, helper => Assert.Contains($"(* const {helper.Name})(", header, StringComparison.Ordinal));
    }

    private static int Run(string file, IEnumerable<string> arguments)
    {
        using RunningProgram program = RunningProgram.Start(file, arguments);
        ProgramResult result = program.WaitForEnd(TimeSpan.FromSeconds(60));
        Assert.True(result.ExitCode == 0, result.Error);
        return result.ExitCode;
    }
}
