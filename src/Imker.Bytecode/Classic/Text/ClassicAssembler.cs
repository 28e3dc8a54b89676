using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic.Text;

/// <summary>
/// Reads the syntax of the kernel's <c>bpf_asm</c> (Documentation/networking/filter.rst): an instruction a line, <c>label:</c> before what is
/// jumped to, comments behind <c>;</c> or between <c>/*</c> and <c>*/</c>. A conditional jump with one label goes on with the next line
/// otherwise; <c>jne</c>, <c>jlt</c> and <c>jle</c> become their opposites with the labels exchanged.
/// </summary>
public sealed class ClassicAssembler
{
    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics = new();
    private readonly ClassicTokens tokens;
    private readonly List<ClassicInstruction> instructions = [];
    private readonly List<PendingJump> jumps = [];
    private readonly Dictionary<string, int> labels = [];

    private ClassicAssembler(SourceText source)
    {
        this.source = source;
        tokens = new ClassicTokens(source, diagnostics);
    }

    /// <summary>A jump whose labels are not numbers yet; null stands for the next instruction.</summary>
    private readonly record struct PendingJump(int Index, Bytecode.Text.TextToken? True, Bytecode.Text.TextToken? False);

    /// <summary>Reads a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="program">The program; null when there are errors.</param>
    /// <param name="diagnostics">What is wrong, with line and column.</param>
    public static bool TryParse(
        SourceText source, [NotNullWhen(true)] out ClassicProgram? program, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        var assembler = new ClassicAssembler(source);
        assembler.ReadLines();
        assembler.BindJumps();
        program = assembler.diagnostics.HasErrors ? null : new ClassicProgram([.. assembler.instructions]);
        diagnostics = assembler.diagnostics.ToSorted();
        return program is not null;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="DiagnosticException">The text has errors.</exception>
    public static ClassicProgram Parse(string text) =>
        TryParse(new SourceText("assembly", text), out ClassicProgram? program, out ImmutableArray<Diagnostic> diagnostics)
            ? program : throw new DiagnosticException(diagnostics);

    private void ReadLines()
    {
        string text = BlankComments(source.Text);
        for (int start = 0; start <= text.Length;)
        {
            int newline = text.IndexOf('\n', start);
            int end = newline < 0 ? text.Length : newline;
            tokens.Start(text.AsSpan(start, end - start), start);
            ReadLine();
            start = end + 1;
        }
    }

    // What is between /* and */ becomes spaces, so that every column stays.
    private static string BlankComments(string text)
    {
        int open = text.IndexOf("/*", StringComparison.Ordinal);
        if (open < 0)
            return text;
        char[] characters = text.ToCharArray();
        while (open >= 0)
        {
            int close = text.IndexOf("*/", open + 2, StringComparison.Ordinal);
            int end = close < 0 ? text.Length : close + 2;
            for (int i = open; i < end; i++)
                characters[i] = characters[i] == '\n' ? '\n' : ' ';
            open = end >= text.Length ? -1 : text.IndexOf("/*", end, StringComparison.Ordinal);
        }
        return new string(characters);
    }

    private void ReadLine()
    {
        while (tokens.IsNext(":", 1))
            ReadLabel();
        if (tokens.AtEnd || tokens.Failed)
            return;
        Bytecode.Text.TextToken at = tokens.Current;
        string mnemonic = tokens.ExpectWord("an instruction or a label");
        if (tokens.Failed)
            return;
        ClassicInstruction instruction = mnemonic is "ja" or "jmp" ? ReadJump() : ReadInstruction(mnemonic, at);
        instructions.Add(instruction);
        tokens.ExpectEnd();
    }

    private void ReadLabel()
    {
        Bytecode.Text.TextToken at = tokens.Current;
        string name = tokens.ExpectWord("a label");
        tokens.Expect(":");
        if (!tokens.Failed && !labels.TryAdd(name, instructions.Count))
            tokens.Error(ClassicDiagnosticId.BadLabel, at, $"the label '{name}' is there already");
    }

    private ClassicInstruction ReadJump()
    {
        jumps.Add(new PendingJump(instructions.Count, ExpectLabel(), null));
        return new ClassicInstruction(ClassicOpcode.Jump);
    }

    private ClassicInstruction ReadInstruction(string written, Bytecode.Text.TextToken at)
    {
        bool inverted = TryInvert(written, out string mnemonic);
        if (!ClassicOperandReader.IsMnemonic(mnemonic))
        {
            IEnumerable<string> known = ClassicOperandReader.Mnemonics.Concat(["jmp", "jne", "jneq", "jlt", "jle"]);
            tokens.Error(ClassicDiagnosticId.BadText, at, $"there is no instruction '{written}'{Spelling.Suggestion(written, known)}");
            tokens.Stop();
            return default;
        }
        ClassicInstruction instruction = ClassicOperandReader.Read(tokens, mnemonic);
        if (instruction.IsConditionalJump && !tokens.Failed)
            ReadTargets(inverted);
        return instruction;
    }

    private static bool TryInvert(string written, out string mnemonic)
    {
        mnemonic = written switch
        {
            "jne" or "jneq" => "jeq",
            "jlt" => "jge",
            "jle" => "jgt",
            _ => written,
        };
        return mnemonic != written;
    }

    private void ReadTargets(bool inverted)
    {
        tokens.Expect(",");
        Bytecode.Text.TextToken? holds = ExpectLabel(), otherwise = null;
        if (tokens.TryTake(","))
            otherwise = ExpectLabel();
        jumps.Add(inverted ? new PendingJump(instructions.Count, otherwise, holds) : new PendingJump(instructions.Count, holds, otherwise));
    }

    private Bytecode.Text.TextToken? ExpectLabel()
    {
        Bytecode.Text.TextToken token = tokens.Current;
        tokens.ExpectWord("a label");
        return tokens.Failed ? null : token;
    }

    private void BindJumps()
    {
        foreach ((int index, Bytecode.Text.TextToken? holds, Bytecode.Text.TextToken? otherwise) in jumps)
        {
            ClassicInstruction instruction = instructions[index];
            instructions[index] = instruction.Code == ClassicOpcode.Jump
                ? instruction with { K = Distance(index, holds, uint.MaxValue) }
                : instruction with { Jt = (byte)Distance(index, holds, byte.MaxValue), Jf = (byte)Distance(index, otherwise, byte.MaxValue) };
        }
    }

    private uint Distance(int index, Bytecode.Text.TextToken? label, uint most)
    {
        if (label is not { } token)
            return 0;
        if (!labels.TryGetValue(token.Text, out int target))
        {
            tokens.Error(ClassicDiagnosticId.BadLabel, token, $"there is no label '{token.Text}'{Spelling.Suggestion(token.Text, labels.Keys)}");
            return 0;
        }
        if (target == instructions.Count)
            tokens.Error(ClassicDiagnosticId.BadLabel, token, $"the label '{token.Text}' stands behind the last instruction");
        else if (target <= index)
            tokens.Error(ClassicDiagnosticId.OutOfReach, token, "jumps go forward only");
        else if (target - index - 1 > most)
        {
            tokens.Error(ClassicDiagnosticId.OutOfReach, token, $"a conditional jump skips at most {most} instructions",
                "jump to a 'jmp' that is nearer");
        }
        return (uint)Math.Max(0, target - index - 1);
    }
}
