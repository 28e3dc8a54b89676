using Imker.Diagnostics;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.TestKit;

namespace Imker.Script.Tests.Binding;

public sealed class BinderGoldenTests
{
    private static readonly BinderOptions Options = new() { Parameters = ["42", "hello", "-7"], AllowUnsafe = true };

    public static TheoryData<string> Scripts => NamesIn("bound");

    public static TheoryData<string> WrongScripts => NamesIn("binderrors");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_bound_to_its_program(string name)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax script = ScriptSyntax.Parse(new SourceText($"{name}.bt", Golden.Read($"bound/{name}.bt")), diagnostics);
        BoundProgram? program = Binder.Bind(script, new FakeTarget(), Options, diagnostics);

        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        Assert.NotNull(program);
        Golden.Verify($"bound/{name}.txt", Render(diagnostics) + BoundPrinter.Print(program));
    }

    [Theory]
    [MemberData(nameof(WrongScripts))]
    public void All_errors_of_meaning_are_told_with_their_places(string name)
    {
        var diagnostics = new DiagnosticBag();
        ScriptSyntax script = ScriptSyntax.Parse(new SourceText($"{name}.bt", Golden.Read($"binderrors/{name}.bt")), diagnostics);
        Assert.Empty(diagnostics);
        BoundProgram? program = Binder.Bind(script, new FakeTarget(), BinderOptions.Default, diagnostics);

        Assert.Null(program);
        Golden.Verify($"binderrors/{name}.txt", Render(diagnostics));
    }

    private static string Render(DiagnosticBag diagnostics)
    {
        var output = new StringWriter();
        new DiagnosticRenderer(output).Write(diagnostics.ToSorted());
        return output.ToString();
    }

    private static TheoryData<string> NamesIn(string folder) =>
        [.. Directory.EnumerateFiles(Golden.PathOf(folder), "*.bt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];
}
