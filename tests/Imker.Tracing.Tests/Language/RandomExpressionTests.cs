using System.Globalization;
using System.Text;
using CsCheck;

namespace Imker.Tracing.Tests.Language;

/// <summary>Random well-typed expressions run in the kernel; what they give must be what C# calculates.</summary>
public sealed class RandomExpressionTests
{
    private const int ExpressionsInScript = 24;

    private static readonly long[] interesting =
        [0, 1, -1, 2, 3, 7, -8, 63, 64, 127, 128, 255, 256, 32767, -32768, 65535, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue];

    private static readonly Gen<long> numbers = Gen.OneOf(Gen.OneOf(interesting), Gen.Long);

    [Fact]
    public void Expressions_give_in_the_kernel_what_they_give_in_CSharp() =>
        Gen.Select(numbers.Array[6], Expression(4).Array[ExpressionsInScript]).Sample((values, expressions) =>
        {
            string[] lines = ScriptHarness.RunBody(Script(values, expressions));
            for (int i = 0; i < expressions.Length; i++)
            {
                string expected = expressions[i].Evaluate(values).ToString(CultureInfo.InvariantCulture);
                Assert.True(lines[i] == expected, $"{expressions[i]} gave {lines[i]}, not {expected}, for {string.Join(", ", values)}");
            }
        }, iter: 40, threads: 1);

    // The values come out of maps, so that nothing can be calculated beforehand.
    private static string Script(long[] values, Node[] expressions)
    {
        var text = new StringBuilder();
        for (int i = 0; i < values.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"@v[{i}] = (int64){(ulong)values[i]}; ");
            text.Append(CultureInfo.InvariantCulture, $"let $s{i} : int64 = @v[{i}]; let $u{i} : uint64 = (uint64)@v[{i}]; ");
        }
        foreach (Node expression in expressions)
            text.Append(CultureInfo.InvariantCulture, $"printf(\"%d\\n\", (int64)({expression})); ");
        return text.Append("clear(@v);").ToString();
    }

    private static Gen<Node> Expression(int depth) => Gen.Bool.SelectMany(isSigned => Integer(depth, isSigned));

    private static Gen<Node> Integer(int depth, bool isSigned)
    {
        Gen<Node> leaf = Gen.Int[0, 5].Select(i => (Node)new VariableNode(i, isSigned));
        if (depth == 0)
            return leaf;
        Gen<Node> same = Gen.OneOf(leaf, Gen.Int[0, 3].SelectMany(d => Integer(Math.Min(d, depth - 1), isSigned)));
        // A difference is signed whatever it is of.
        string[] operators = isSigned
            ? ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"]
            : ["+", "*", "/", "%", "&", "|", "^", "<<", ">>"];
        Gen<Node> binary = Gen.Select(Gen.OneOf(operators), same, same, (o, a, b) => (Node)new BinaryNode(o, a, b, isSigned));
        Gen<Node> ternary = Gen.Select(Condition(depth - 1), same, same, (c, a, b) => (Node)new TernaryNode(c, a, b));
        Gen<Node> cast = Gen.Select(Gen.OneOf(8, 16, 32, 64), Gen.Bool, same, (bits, s, a) =>
            (Node)new CastNode(isSigned ? 64 : -64, new CastNode(s ? bits : -bits, a)));
        Gen<Node> unary = isSigned
            ? Gen.Select(Gen.OneOf("-", "~"), same, (o, a) => (Node)new UnaryNode(o, a))
            : same.Select(a => (Node)new UnaryNode("~", a));
        return Gen.OneOf(leaf, binary, binary, binary, ternary, cast, unary);
    }

    private static Gen<Node> Condition(int depth)
    {
        Gen<Node> comparison = Gen.Bool.SelectMany(isSigned => Gen.Select(
            Gen.OneOf("==", "!=", "<", "<=", ">", ">="), Integer(Math.Min(depth, 2), isSigned), Integer(Math.Min(depth, 2), isSigned),
            (o, a, b) => (Node)new CompareNode(o, a, b, isSigned)));
        if (depth <= 0)
            return comparison;
        Gen<Node> logic = Gen.Select(Gen.OneOf("&&", "||"), Condition(depth - 1), Condition(depth - 1),
            (o, a, b) => (Node)new LogicNode(o, a, b));
        return Gen.OneOf(comparison, comparison, logic, Condition(depth - 1).Select(a => (Node)new NotNode(a)));
    }
}
