using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Compiler.Emission;

/// <summary>Which line of the source each instruction was made from.</summary>
internal sealed class LineTable
{
    // Each entry carries its line's text, and the kernel's log repeats it: of a long line the beginning has to do.
    private const int LongestText = 256;

    private readonly Dictionary<(SourceText, int), string> texts = [];

    /// <summary>One entry for each change of the place. Code without a place of its own belongs to the one before.</summary>
    public ImmutableArray<SourceLine> Of(Code code)
    {
        var lines = ImmutableArray.CreateBuilder<SourceLine>();
        SourceSpan last = SourceSpan.None;
        for (int i = 0; i < code.Instructions.Length; i++)
        {
            SourceSpan span = code.SpanOf(i);
            if (span.IsNone || (span.Source == last.Source && span.Start == last.Start))
                continue;
            last = span;
            // The kernel wants the first line at the first instruction.
            lines.Add(LineOf(lines.Count == 0 ? 0 : i, span));
        }
        return lines.DrainToImmutable();
    }

    private SourceLine LineOf(int instruction, SourceSpan span)
    {
        LinePosition position = span.Position;
        if (!texts.TryGetValue((span.Source!, position.Line), out string? text))
        {
            ReadOnlySpan<char> line = span.Source!.Line(position.Line);
            texts[(span.Source!, position.Line)] = text = line[..Math.Min(line.Length, LongestText)].ToString();
        }
        return new SourceLine(instruction, span.Source!.Name, position.Line + 1, position.Column + 1, text);
    }
}
