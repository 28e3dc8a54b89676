using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Compiler.Ir;

/// <summary>
/// Reads IR from the text that <see cref="IrPrinter"/> writes. Only the text's form is checked: whether the program is well
/// formed says <see cref="Passes.IrVerifier"/>.
/// </summary>
public sealed class IrParser
{
    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics = new();
    private readonly Dictionary<string, IrFunction> functions = [];
    private readonly List<(IrFunction Function, int Body)> bodies = [];
    private readonly IrModule module;

    private IrParser(SourceText source)
    {
        this.source = source;
        module = new IrModule { Shell = new BpfObject { Name = source.Name } };
    }

    /// <summary>Reads a module.</summary>
    /// <param name="source">The text.</param>
    /// <param name="module">Null when there are errors.</param>
    /// <param name="diagnostics">What is wrong, each with its place.</param>
    public static bool TryParse(
        SourceText source, [NotNullWhen(true)] out IrModule? module, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        var parser = new IrParser(source);
        parser.ParseModule();
        diagnostics = parser.diagnostics.ToSorted();
        module = parser.diagnostics.HasErrors ? null : parser.module;
        return module is not null;
    }

    /// <summary>Reads a module.</summary>
    /// <exception cref="DiagnosticException">The text has errors.</exception>
    public static IrModule Parse(SourceText source) =>
        TryParse(source, out IrModule? module, out var diagnostics) ? module : throw new DiagnosticException(diagnostics);

    // Headers first: a function may name one that stands below it.
    private void ParseModule()
    {
        var reader = new IrTokenReader(new IrLexer(source, diagnostics).Read());
        while (!reader.AtEnd)
        {
            try
            {
                ParseHeader(reader);
            }
            catch (IrSyntaxException e)
            {
                diagnostics.Error(e.Id, e.Span, e.Message);
                reader.SkipLine();
            }
            SkipBody(reader);
        }
        foreach ((IrFunction function, int body) in bodies)
        {
            reader.Position = body;
            new IrBodyParser(reader, function, functions, diagnostics).Parse();
        }
    }

    private void ParseHeader(IrTokenReader reader)
    {
        bool isProgram = reader.AcceptWord("program");
        if (!isProgram)
            reader.ExpectWord("function");
        IrToken name = reader.Expect(IrTokenKind.Word, "the function's name");
        IrParameter[] parameters = ParseParameters(reader);
        reader.Expect(':');
        IrType returnType = ParseType(reader);
        reader.Expect(',');
        ProgramType programType = ParseProgramType(reader);
        bool isGlobal = false;
        string display = name.Text;
        while (reader.Accept(','))
        {
            if (reader.AcceptWord("global"))
                isGlobal = true;
            else
                display = reader.Expect(IrTokenKind.Text, "'global' or the display name").Text;
        }
        reader.Expect('{');
        reader.ExpectEndOfLine();
        var function = new IrFunction(name.Text, returnType, parameters) { ProgramType = programType, IsGlobal = isGlobal };
        if (!functions.TryAdd(name.Text, function))
            throw new IrSyntaxException(name.Span, "IMK2005", $"there is a function '{name.Text}' already");
        bodies.Add((function, reader.Position));
        if (isProgram)
            module.Programs.Add(new IrProgram(function, display));
        else
            module.Functions.Add(function);
    }

    private static IrParameter[] ParseParameters(IrTokenReader reader)
    {
        var parameters = new List<IrParameter>();
        reader.Expect('(');
        while (!reader.Accept(')'))
        {
            if (parameters.Count > 0)
                reader.Expect(',');
            string name = reader.Expect(IrTokenKind.Value, "a parameter").Text[1..];
            reader.Expect(':');
            parameters.Add(new IrParameter(ParseType(reader), name, parameters.Count));
        }
        return [.. parameters];
    }

    internal static IrType ParseType(IrTokenReader reader)
    {
        IrToken token = reader.Expect(IrTokenKind.Word, "a type");
        return IrMnemonics.Types.TryGetValue(token.Text, out IrType type)
            ? type
            : throw new IrSyntaxException(
                token.Span, "IMK2006", $"there is no type '{token.Text}'{Spelling.Suggestion(token.Text, IrMnemonics.Types.Keys)}");
    }

    private static ProgramType ParseProgramType(IrTokenReader reader)
    {
        IrToken token = reader.Expect(IrTokenKind.Word, "a program type");
        KernelConstantTable<ProgramType> types = KernelConstants.ProgramTypes;
        return types.TryGet(token.Text, out KernelConstant<ProgramType>? type)
            ? type.Value
            : throw new IrSyntaxException(
                token.Span, "IMK2007", $"there is no program type '{token.Text}'{Spelling.Suggestion(token.Text, types.All.Select(t => t.ShortName))}");
    }

    private static void SkipBody(IrTokenReader reader)
    {
        while (!reader.AtEnd && !reader.Current.Is('}'))
            reader.SkipLine();
        reader.SkipLine();
    }
}
