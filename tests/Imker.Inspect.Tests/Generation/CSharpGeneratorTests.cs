using System.Reflection;
using System.Runtime.InteropServices;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Inspect.Tests.Generation;

public sealed class CSharpGeneratorTests
{
    private static string Corpus => Path.Combine(Machine.RepositoryRoot, "tests/corpus/objects");

    /// <summary>Every object of the corpus that can be read gives a class that compiles without a warning.</summary>
    [Fact]
    public void What_is_written_compiles()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-generated-");
        List<string> sources = [];
        foreach (string path in Directory.EnumerateFiles(Corpus, "*.bpf.o").Append(Golden.PathOf("exec.bpf.o")))
        {
            if (!BpfObjectReader.TryRead(File.ReadAllBytes(path), path, out BpfObject? source, new DiagnosticBag()))
                continue;
            string file = Path.Combine(directory.FullName, Path.GetFileName(path) + ".cs");
            File.WriteAllText(file, CSharpGenerator.Generate(source, new CSharpOptions { Namespace = "G" + sources.Count }));
            sources.Add(file);
        }
        Assert.True(sources.Count > 30);
        ProgramResult result = CSharpCompiler.Compile(directory.FullName, sources);
        Assert.True(result.ExitCode == 0, result.Output);
        CheckSizes(Path.Combine(directory.FullName, "generated.dll"));
        directory.Delete(recursive: true);
    }

    // The compiler's layout is the kernel's: each struct has the bytes that its summary and attribute say.
    private static void CheckSizes(string path)
    {
        Type[] structs = [.. Assembly.Load(File.ReadAllBytes(path)).GetTypes().Where(type => type.IsValueType && type.StructLayoutAttribute is { Value: LayoutKind.Explicit })];
        Assert.NotEmpty(structs);
        MethodInfo sizeOf = typeof(System.Runtime.CompilerServices.Unsafe).GetMethod("SizeOf")!;
        Assert.All(structs, type => Assert.Equal(type.StructLayoutAttribute!.Size, (int)sizeOf.MakeGenericMethod(type).Invoke(null, null)!));
    }

    [Fact]
    public void The_class_of_the_sample_is_the_one_that_is_written()
    {
        string samples = Path.Combine(Machine.RepositoryRoot, "samples/Imker.Samples");
        BpfObject source = BpfObjectReader.Read(File.ReadAllBytes(Path.Combine(samples, "starts.bpf.o")), "starts.bpf.o");
        Assert.Equal(File.ReadAllText(Path.Combine(samples, "Generated/Starts.g.cs")), CSharpGenerator.Generate(source, new CSharpOptions { Namespace = "Imker.Samples" }));
    }

    [Theory]
    [InlineData("on_exec", "OnExec")]
    [InlineData(".rodata.str", "RodataStr")]
    [InlineData("2nd", "_2nd")]
    [InlineData("\u001b[31m", "_31m")]
    [InlineData("", "_")]
    public void Names_are_spelled_as_in_CSharp(string name, string expected) => Assert.Equal(expected, CSharpNames.Pascal(name));

    [Fact]
    public void A_name_is_given_once()
    {
        var names = new CSharpNames("Dispose");
        Assert.Equal(["Dispose2", "Dispose3", "X"], new[] { "dispose", "dis_pose".Replace("_", "", StringComparison.Ordinal), "x" }.Select(names.Take));
    }

    [Fact]
    public void Text_of_a_file_stays_in_its_literal() => Assert.Equal("\"a\\\"\\u000ab\\\\\"", CSharpText.Literal("a\"\nb\\"));
}
