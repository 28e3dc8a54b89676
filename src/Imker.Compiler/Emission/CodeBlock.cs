using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Lir;
using Imker.Diagnostics;

namespace Imker.Compiler.Emission;

/// <param name="Instruction">With its registers.</param>
/// <param name="Span">What it was made from.</param>
/// <param name="Accesses">
/// What a load reads from. The kernel rewrites loads by that, so it refuses one that reaches two kinds of memory.
/// </param>
internal readonly record struct CodeLine(Instruction Instruction, SourceSpan Span, Provenance Accesses = Provenance.None)
{
    /// <summary>The same for the kernel, wherever it came from.</summary>
    public bool DoesSameAs(CodeLine other) => Instruction == other.Instruction && Accesses == other.Accesses;
}

/// <summary>A block of machine instructions with their registers, not yet in its place.</summary>
internal sealed class CodeBlock(string name)
{
    public string Name { get; } = name;

    public List<CodeLine> Lines { get; } = [];

    public LirEnd End { get; set; }

    /// <summary>The conditional jump to the first successor, its target left open.</summary>
    public Instruction Test { get; set; }

    public CodeBlock[] Successors { get; set; } = [];

    public SourceSpan EndSpan { get; set; }

    /// <summary>Index among the successors that is an error path; -1 for none.</summary>
    public int Unlikely { get; set; } = -1;

    /// <summary>Only reached by error paths.</summary>
    public bool IsCold { get; set; }

    public void Add(Instruction instruction, SourceSpan span) => Lines.Add(new CodeLine(instruction, span));

    public override string ToString() => Name;
}
