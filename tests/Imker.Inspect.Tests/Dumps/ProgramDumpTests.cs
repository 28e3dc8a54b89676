using System.Text.Json.Nodes;
using Imker.Linux;

namespace Imker.Inspect.Tests.Dumps;

public sealed class ProgramDumpTests
{
    [Theory]
    [InlineData("hash")]
    [InlineData("globals")]
    [InlineData("percpu")]
    [InlineData("collections")]
    [InlineData("rings")]
    [InlineData("packets")]
    [InlineData("subprograms")]
    [InlineData("callbacks")]
    [InlineData("tail-calls")]
    [InlineData("raw-tracepoint")]
    public void Translated_code_is_what_bpftool_shows(string name)
    {
        using LoadedObject loaded = LoadedObjects.Load(name);
        foreach (KernelProgram program in loaded.Programs.Values)
        {
            var options = new CodeDumpOptions { ShowsLines = true };
            JsonNode ours = Shown.Json((output, inventory) => ProgramDump.WriteTranslated(output, inventory, program, options));
            JsonNode theirs = Bpftool.Json("prog", "dump", "xlated", "id", $"{program.GetInfo().Id}", "linum");
            Assert.Equal(Comparable(theirs), Comparable(ours));
        }
    }

    // Their declarations have a blank behind each star, and the address of a CPU's own variable (6.10) is newer than they are.
    private static string Comparable(JsonNode dump) =>
        Bpftool.Comparable(dump).Replace("* ", "*", StringComparison.Ordinal).Replace("= \\u0026(void __percpu *)(r0)", "= r0", StringComparison.Ordinal);

    [Fact]
    public void Bytes_of_code_are_those_that_a_file_gets()
    {
        using LoadedObject loaded = LoadedObjects.Load("hash");
        KernelProgram program = loaded.Programs["count"];
        string path = Path.GetTempFileName();
        Bpftool.Run("prog", "dump", "xlated", "id", $"{program.GetInfo().Id}", "file", path);
        Assert.Equal(File.ReadAllBytes(path), ProgramDump.ReadTranslated(program));
        File.Delete(path);
    }

    [Fact]
    public void Machine_code_stands_under_its_source_lines()
    {
        using LoadedObject loaded = LoadedObjects.Load("subprograms");
        foreach (KernelProgram program in loaded.Programs.Values)
        {
            JsonNode functions = Shown.Json((output, inventory) => ProgramDump.WriteMachine(output, inventory, program, CodeDumpOptions.Default));
            byte[] all = [.. functions.AsArray().SelectMany(f => f!["insns"]!.AsArray()).SelectMany(i => i!["opcodes"]!.AsArray()).Select(b => Convert.ToByte((string)b!, 16))];
            Assert.Equal(ProgramDump.ReadMachine(program), all);
            Assert.Contains(functions.AsArray(), f => f!["insns"]!.AsArray().Any(i => i!["src"] is not null));
        }
    }

    [Fact]
    public void Opcodes_are_shown_where_wanted()
    {
        using LoadedObject loaded = LoadedObjects.Load("hash");
        string text = Shown.Text((output, inventory) => ProgramDump.WriteTranslated(output, inventory, loaded.Programs["count"], new CodeDumpOptions { ShowsOpcodes = true }));
        Assert.Contains("(95) exit\n       95 00 00 00 00 00 00 00\n", text, StringComparison.Ordinal);
        Assert.Contains("int count(struct __sk_buff *skb):\n; int count(struct __sk_buff *skb)\n   0: (18) r1 = 0x3000200000001\n", text, StringComparison.Ordinal);
    }
}
