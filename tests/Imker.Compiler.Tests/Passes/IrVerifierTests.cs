using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.Diagnostics;

namespace Imker.Compiler.Tests.Passes;

public sealed class IrVerifierTests
{
    [Theory]
    [InlineData("a block uses a value of a block beside it", "uses BinaryInstruction", """
        entry:
            %c = lt.u %n, i64 5
            branch %c, one, two
        one:
            %a = add %n, i64 1
            jump two
        two:
            %b = add %a, i64 1
            return %b
        """)]
    [InlineData("a phi gets what is not defined at its edge", "is not defined there", """
        entry:
            %c = lt.u %n, i64 5
            branch %c, one, two
        one:
            %a = add %n, i64 1
            jump two
        two:
            %b = phi i64 [entry: %a], [one: %a]
            return %b
        """)]
    [InlineData("widths are mixed", "calculates with i64 and i32", """
        entry:
            %a = add %n, i32 1
            return %a
        """)]
    [InlineData("a pointer is used without check", "no pointer checked for null", """
        entry:
            %m = map "@a"
            %p = call ptr.mapvalue? bpf_map_lookup_elem(%m, ptr.stack null)
            %a = load i64 %p
            return %a
        """)]
    [InlineData("the frame grows behind the entry", "must stand in the entry", """
        entry:
            jump next
        next:
            %s = stack 8 align 8
            store %s, %n
            return %n
        """)]
    [InlineData("the entry is in a loop", "the entry has predecessors", """
        entry:
            jump entry
        """)]
    [InlineData("a function returns another type", "returns i32, not i64", """
        entry:
            return i32 0
        """)]
    public void What_is_wrong_is_found(string what, string problem, string body)
    {
        IrModule module = IrParser.Parse(new SourceText(what, $"function f(%n: i64): i64, kprobe {{\n{body}\n}}\n"));
        Assert.Contains(IrVerifier.Check(module.Functions[0]), p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Edges_and_predecessors_that_disagree_are_found()
    {
        IrModule module = IrParser.Parse(new SourceText("f", "function f(): i64, kprobe {\nentry:\n    jump end\nend:\n    return i64 0\n}\n"));
        IrFunction function = module.Functions[0];
        function.Blocks[1].Predecessors.Clear();
        Assert.Contains(IrVerifier.Check(function), p => p.Contains("not what it holds as predecessors", StringComparison.Ordinal));
    }
}
