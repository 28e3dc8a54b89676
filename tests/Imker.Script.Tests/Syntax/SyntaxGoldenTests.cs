using Imker.Diagnostics;
using Imker.Script.Syntax;
using Imker.TestKit;

namespace Imker.Script.Tests.Syntax;

public sealed class SyntaxGoldenTests
{
    public static TheoryData<string> Scripts => NamesIn("syntax");

    public static TheoryData<string> WrongScripts => NamesIn("errors");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_parses_without_errors_to_its_tree(string name)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax script = ScriptSyntax.Parse(new SourceText(name, Golden.Read($"syntax/{name}.bt")), diagnostics);

        Assert.Empty(diagnostics.ToSorted());
        Golden.Verify($"syntax/{name}.tree", SyntaxPrinter.Print(script));
    }

    [Theory]
    [MemberData(nameof(WrongScripts))]
    public void All_errors_of_a_script_are_told_with_their_places(string name)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax.Parse(new SourceText($"{name}.bt", Golden.Read($"errors/{name}.bt")), diagnostics);

        var output = new StringWriter();
        new DiagnosticRenderer(output).Write(diagnostics.ToSorted());
        Assert.True(diagnostics.HasErrors);
        Golden.Verify($"errors/{name}.txt", output.ToString());
    }

    private static TheoryData<string> NamesIn(string folder) =>
        [.. Directory.EnumerateFiles(Golden.PathOf(folder), "*.bt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];
}
