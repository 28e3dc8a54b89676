using System.Text.RegularExpressions;
using CsCheck;
using Imker.Compiler;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Lowering;
using Imker.Script.Syntax;
using Imker.TestKit;

namespace Imker.Script.Tests.Binding;

/// <summary>What the binder makes is what the lowering takes.</summary>
public sealed class CompiledTests
{
    public static TheoryData<string> Scripts =>
        [.. Directory.EnumerateFiles(Golden.PathOf("bound"), "*.bt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_bound_script_is_compiled_to_a_program_for_each_of_its_probes(string name)
    {
        BpfObject compiled = Compile(name, Golden.Read($"bound/{name}.bt"), out BoundProgram program);

        Assert.Equal(program.Probes.Select(probe => probe.Name), compiled.Programs.Select(spec => spec.Name));
    }

    // Every instruction's place carries it: whole, a script of one long line would take the square of its length.
    [Fact]
    public void Of_a_long_line_the_places_of_instructions_carry_the_beginning()
    {
        string script = $"BEGIN {{ {string.Concat(Enumerable.Repeat("@x = nsecs; ", 1000))}}}";

        BpfObject compiled = Compile("test", script, out _);

        Assert.All(compiled.Programs[0].Entry.Lines, line => Assert.Equal(script[..256], line.Text));
        Assert.Contains(compiled.Programs[0].Entry.Lines, line => line.Column > 10_000);
    }

    [Fact]
    public void Mutated_scripts_that_are_bound_are_compiled_or_refused()
    {
        string[] seeds = [.. Directory.EnumerateFiles(Golden.PathOf("bound"), "*.bt").Select(File.ReadAllText)];
        string[] words = [.. "@ @x @x[1] $x $kv $1 comm pid args args.filename arg0 retval str( print( kstack() func probe 0 -1 1e6 (uint8) (struct outer *) ++ = += . [ ] ( ) , ; == && ? : (1,comm) @x[comm,1] buf(arg0,3) { } if(pid) return; break; != < <<".Split(' ')];
        var mutation = Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Int[0, 3], Gen.Int[0, words.Length - 1]).Array[0, 2]);

        mutation.Sample((seed, edits) =>
        {
            List<string> tokens = [.. Regex.Split(seeds[seed], "(?<=[\\s;(),{}])|(?=[\\s;(),{}])")];
            foreach ((double place, int length, int word) in edits)
            {
                int start = (int)(place * tokens.Count);
                tokens.RemoveRange(start, Math.Min(length, tokens.Count - start));
                tokens.Insert(start, words[word]);
            }
            try
            {
                Compile("test", string.Concat(tokens), out _);
            }
            catch (DiagnosticException)
            {
                // The documented refusal.
            }
        }, iter: 1000);
    }

    private static BpfObject Compile(string name, string text, out BoundProgram program) => Compile(name, text, new FakeTarget(), out program);

    internal static BpfObject Compile(string name, string text, ITargetFacts target, out BoundProgram program)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax script = ScriptSyntax.Parse(new SourceText($"{name}.bt", text), diagnostics);
        BoundProgram? bound = Binder.Bind(script, target, new BinderOptions { Parameters = ["42", "hello", "-7"], AllowUnsafe = true }, diagnostics);
        diagnostics.ThrowIfErrors();
        program = bound!;
        return BpfCompiler.Compile(ScriptLowering.Lower(program, target, name), target);
    }
}
