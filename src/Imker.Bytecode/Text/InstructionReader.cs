using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Imker.Bytecode.Text;

/// <summary>Reads an instruction from the tokens of a line by trying the patterns of the tables in their order.</summary>
internal sealed class InstructionReader
{
    private static readonly ImmutableArray<TokenPattern> Patterns =
    [
        .. InstructionForms.All.Select(form => TokenPattern.Of(form.Pattern)),
        .. InstructionAliases.Rows().Select(TokenPattern.Of),
    ];

    private readonly List<string> expected = [];

    /// <summary>What could have stood at <see cref="FailedAt"/>, after a failure.</summary>
    public IReadOnlyList<string> Expected => expected;

    /// <summary>The token that no pattern got past.</summary>
    public int FailedAt { get; private set; }

    public bool TryRead(List<TextToken> tokens, int first, [NotNullWhen(true)] out Instruction? instruction)
    {
        expected.Clear();
        FailedAt = -1;
        ReadOnlySpan<TextToken> rest = CollectionsMarshal.AsSpan(tokens)[first..];
        foreach (TokenPattern candidate in Patterns)
        {
            var reader = new OperandReader(rest, candidate.Pattern);
            if (candidate.TryMatch(ref reader))
            {
                instruction = reader.Fields.ToInstruction(candidate.Pattern.Opcode);
                return true;
            }
            NoteFailure(first + reader.Position, reader.Expected!);
        }
        instruction = null;
        return false;
    }

    // The pattern that got farthest is the one that was meant.
    private void NoteFailure(int position, string what)
    {
        if (position < FailedAt)
            return;
        if (position > FailedAt)
            expected.Clear();
        FailedAt = position;
        if (!expected.Contains(what))
            expected.Add(what);
    }

    private sealed record TokenPattern(InstructionPattern Pattern, ImmutableArray<PatternPart> Tokens)
    {
        public static TokenPattern Of(InstructionPattern pattern)
        {
            var tokens = ImmutableArray.CreateBuilder<PatternPart>();
            var literals = new List<TextToken>();
            foreach (PatternPart part in pattern.Parts)
            {
                if (part.Literal is null)
                {
                    tokens.Add(part);
                    continue;
                }
                literals.Clear();
                LineLexer.Read(part.Literal, 0, literals);
                tokens.AddRange(literals.Where(token => token.Kind != TokenKind.End).Select(token => new PatternPart(token.Text, default)));
            }
            return new TokenPattern(pattern, tokens.ToImmutable());
        }

        public bool TryMatch(ref OperandReader reader)
        {
            foreach (PatternPart token in Tokens)
            {
                if (token.Literal is null ? !reader.TryRead(token.Operand, Pattern.Opcode) : !reader.TryReadLiteral(token.Literal))
                    return false;
            }
            return reader.TryReadEnd();
        }
    }
}
