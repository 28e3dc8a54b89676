using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Bytecode.Text;
using Imker.Diagnostics;

namespace Imker.Bytecode;

/// <summary>
/// Reads the text that the kernel's verifier and bpftool write, and LLVM's spellings of it: an instruction a line, <c>name:</c> before
/// what a jump goes to, comments behind <c>;</c> or <c>//</c>. A slot number and an opcode before an instruction, as in
/// <c>3: (b7) r0 = 0</c>, are checked.
/// </summary>
public sealed class Assembler
{
    // At the start of a line anything may stand; to list it all helps nobody.
    private const int MaxExpected = 6;

    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics = new();
    private readonly CodeStream stream = new();
    private readonly Dictionary<string, Label> labels = [];
    private readonly List<TextToken> tokens = [];
    private readonly InstructionReader reader = new();
    private int slot;

    private Assembler(SourceText source) => this.source = source;

    /// <summary>Reads a text. Each instruction keeps the span it was read from.</summary>
    /// <param name="source">The text.</param>
    /// <param name="code">The code; null when there are errors.</param>
    /// <param name="diagnostics">What is wrong, with line and column.</param>
    public static bool TryParse(SourceText source, [NotNullWhen(true)] out Code? code, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        var assembler = new Assembler(source);
        code = assembler.Read();
        diagnostics = assembler.diagnostics.ToSorted();
        return code is not null;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="DiagnosticException">The text has errors.</exception>
    public static Code Parse(SourceText source) =>
        TryParse(source, out Code? code, out ImmutableArray<Diagnostic> diagnostics) ? code : throw new DiagnosticException(diagnostics);

    /// <summary>As <see cref="Parse(SourceText)"/>, for a text without a name of its own.</summary>
    /// <exception cref="DiagnosticException">The text has errors.</exception>
    public static Code Parse(string text) => Parse(new SourceText("assembly", text));

    private Code? Read()
    {
        for (int start = 0; start <= source.Length;)
        {
            int newline = source.Text.IndexOf('\n', start);
            int end = newline < 0 ? source.Length : newline;
            tokens.Clear();
            LineLexer.Read(source.Text.AsSpan(start, end - start), start, tokens);
            ReadLine();
            start = end + 1;
        }
        BindTargets();
        return diagnostics.HasErrors ? null : stream.ToCode();
    }

    private void ReadLine()
    {
        int position = 0;
        while (tokens[position].Kind == TokenKind.Word && tokens[position + 1].Text == ":")
        {
            ReadLabelOrSlot(tokens[position]);
            position += 2;
        }
        int prefix = position;
        if (HasOpcode(position))
            position += 3;
        if (tokens[position].Kind == TokenKind.End)
            return;
        if (!reader.TryRead(tokens, position, out Instruction? instruction))
        {
            TellFailure();
            return;
        }
        if (position != prefix)
            CheckOpcode(tokens[prefix + 1], instruction.Value.Opcode);
        stream.Add(instruction.Value, source.Span(tokens[position].Start, tokens[^2].End));
        slot += instruction.Value.SlotCount;
    }

    // "(b7)", as the kernel writes it before the text of an instruction.
    private bool HasOpcode(int position) =>
        tokens.Count > position + 3 && tokens[position].Text == "(" && tokens[position + 2].Text == ")"
        && tokens[position + 1].Text is [char high, char low] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low);

    private void CheckOpcode(TextToken written, byte opcode)
    {
        if (!string.Equals(written.Text, opcode.ToString("x2"), StringComparison.OrdinalIgnoreCase))
            Error(BytecodeDiagnosticId.BadPrefix, written, $"the opcode of this instruction is {opcode:x2}");
    }

    private void ReadLabelOrSlot(TextToken token)
    {
        if (char.IsAsciiDigit(token.Text[0]))
        {
            if (token.Text != slot.ToString())
                Error(BytecodeDiagnosticId.BadPrefix, token, $"this is slot {slot}");
        }
        else if (!labels.TryAdd(token.Text, new Label(token.Text)))
        {
            Error(BytecodeDiagnosticId.BadLabel, token, $"the label '{token.Text}' is there already");
        }
        else
        {
            stream.Labels.Add(labels[token.Text], stream.Instructions.Count);
        }
    }

    private void TellFailure()
    {
        TextToken found = tokens[reader.FailedAt];
        string what = found.Kind == TokenKind.End ? "the end of the line" : $"'{found.Text}'";
        string expected = reader.Expected.Count <= MaxExpected ? string.Join(" or ", reader.Expected) : "an instruction";
        Error(BytecodeDiagnosticId.BadText, found, $"expected {expected}, found {what}");
    }

    // The reader made a label of its own for each jump; those with the name of a label that is there become that one.
    private void BindTargets()
    {
        for (int i = 0; i < stream.Instructions.Count; i++)
        {
            if (stream.Instructions[i].Reference is not Label { Name: { } name })
                continue;
            if (!labels.TryGetValue(name, out Label? label))
                Error(BytecodeDiagnosticId.BadLabel, stream.SpanOf(i), $"there is no label '{name}'{Spelling.Suggestion(name, labels.Keys)}");
            else if (stream.Labels[label] == stream.Instructions.Count)
                Error(BytecodeDiagnosticId.BadLabel, stream.SpanOf(i), $"the label '{name}' stands behind the last instruction");
            else
                stream.Instructions[i] = stream.Instructions[i].WithReference(label);
        }
        if (diagnostics.HasErrors)
            return;
        foreach (int index in stream.FindUnreached(CodeBuilder.MaxReach))
        {
            Error(
                BytecodeDiagnosticId.OutOfReach, stream.SpanOf(index), "the label is out of the reach of a 16-bit jump",
                "jump by gotol (kernel 6.6), or to a nearer goto");
        }
    }

    private void Error(string id, TextToken token, string message) => Error(id, source.Span(token.Start, token.End), message);

    private void Error(string id, SourceSpan span, string message, params ReadOnlySpan<string> hints) =>
        diagnostics.Error(id, span, message, hints);
}
