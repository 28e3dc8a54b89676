using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic.Text;

/// <summary>Reads listings as <c>tcpdump -d</c> writes them: line numbers are checked, jumps go to line numbers.</summary>
public sealed class ClassicListingReader
{
    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics = new();
    private readonly ClassicTokens tokens;
    private readonly List<ClassicInstruction> instructions = [];

    private ClassicListingReader(SourceText source)
    {
        this.source = source;
        tokens = new ClassicTokens(source, diagnostics);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="source">The text; empty lines are passed over.</param>
    /// <param name="program">The program; null when there are errors.</param>
    /// <param name="diagnostics">What is wrong, with line and column.</param>
    public static bool TryParse(
        SourceText source, [NotNullWhen(true)] out ClassicProgram? program, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = new ClassicListingReader(source);
        reader.ReadLines();
        program = reader.diagnostics.HasErrors ? null : new ClassicProgram([.. reader.instructions]);
        diagnostics = reader.diagnostics.ToSorted();
        return program is not null;
    }

    private void ReadLines()
    {
        for (int start = 0; start <= source.Length;)
        {
            int newline = source.Text.IndexOf('\n', start);
            int end = newline < 0 ? source.Length : newline;
            tokens.Start(source.Text.AsSpan(start, end - start), start);
            if (!tokens.AtEnd)
                instructions.Add(ReadLine());
            start = end + 1;
        }
    }

    private ClassicInstruction ReadLine()
    {
        tokens.Expect("(");
        Bytecode.Text.TextToken number = tokens.Current;
        uint written = tokens.ExpectNumber();
        tokens.Expect(")");
        if (!tokens.Failed && written != instructions.Count)
            tokens.Error(ClassicDiagnosticId.BadCount, number, $"this is line {instructions.Count}");
        Bytecode.Text.TextToken at = tokens.Current;
        string mnemonic = tokens.ExpectWord("an instruction");
        if (tokens.Failed)
            return default;
        if (mnemonic == "ja")
            return ReadJump();
        if (!ClassicOperandReader.IsMnemonic(mnemonic))
        {
            tokens.Error(ClassicDiagnosticId.BadText, at,
                $"there is no instruction '{mnemonic}'{Spelling.Suggestion(mnemonic, ClassicOperandReader.Mnemonics)}");
            return default;
        }
        ClassicInstruction instruction = ClassicOperandReader.Read(tokens, mnemonic);
        if (instruction.IsConditionalJump)
            instruction = ReadTargets(instruction);
        tokens.ExpectEnd();
        return instruction;
    }

    private ClassicInstruction ReadJump()
    {
        Bytecode.Text.TextToken at = tokens.Current;
        long distance = tokens.ExpectNumber() - (instructions.Count + 1L);
        if (!tokens.Failed && distance < 0)
            tokens.Error(ClassicDiagnosticId.OutOfReach, at, "jumps go forward only");
        tokens.ExpectEnd();
        return new ClassicInstruction(ClassicOpcode.Jump, (uint)distance);
    }

    private ClassicInstruction ReadTargets(ClassicInstruction instruction)
    {
        tokens.Expect("jt");
        byte jt = ReadTarget();
        tokens.Expect("jf");
        return instruction with { Jt = jt, Jf = ReadTarget() };
    }

    private byte ReadTarget()
    {
        Bytecode.Text.TextToken at = tokens.Current;
        long distance = tokens.ExpectNumber() - (instructions.Count + 1L);
        if (!tokens.Failed && distance is < 0 or > byte.MaxValue)
        {
            tokens.Error(ClassicDiagnosticId.OutOfReach, at,
                $"a conditional jump goes forward by at most {byte.MaxValue} lines, so from here to {instructions.Count + 1} to {instructions.Count + 1 + byte.MaxValue}");
        }
        return (byte)distance;
    }
}
