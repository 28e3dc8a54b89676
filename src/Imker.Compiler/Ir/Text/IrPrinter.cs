using System.Text;
using Imker.Bytecode;

namespace Imker.Compiler.Ir;

/// <summary>
/// Writes IR as text, for people and for <see cref="IrParser"/>. A line is an instruction; <c>#</c> begins a comment.
/// </summary>
public sealed class IrPrinter
{
    private readonly StringBuilder text = new();
    private readonly bool withLines;

    private IrPrinter(bool withLines) => this.withLines = withLines;

    /// <summary>A module: its programs, then its functions.</summary>
    /// <param name="module">What is written.</param>
    /// <param name="withLines">Name the source line behind each instruction whose line differs from the one before.</param>
    public static string Print(IrModule module, bool withLines = false)
    {
        ArgumentNullException.ThrowIfNull(module);
        var printer = new IrPrinter(withLines);
        printer.WriteModule(module);
        return printer.text.ToString();
    }

    /// <summary>One function, as it stands in a module.</summary>
    /// <inheritdoc cref="Print(IrModule, bool)" path="/param[@name='withLines']"/>
    public static string Print(IrFunction function, bool withLines = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var printer = new IrPrinter(withLines);
        printer.WriteFunction("function", function, "");
        return printer.text.ToString();
    }

    private void WriteModule(IrModule module)
    {
        foreach (IrProgram program in module.Programs)
            WriteFunction("program", program.Function, $", \"{Escape(program.DisplayName)}\"");
        foreach (IrFunction function in module.Functions)
            WriteFunction("function", function, "");
    }

    private void WriteFunction(string keyword, IrFunction function, string display)
    {
        if (text.Length > 0)
            text.Append('\n');
        var names = new IrNames(function);
        string parameters = string.Join(", ", function.Parameters.Select(p => $"{names[p]}: {p.Type}"));
        string programType = KernelConstants.ProgramTypes.NameOf(function.ProgramType);
        string isGlobal = function.IsGlobal ? ", global" : "";
        text.Append($"{keyword} {function.Name}({parameters}): {function.ReturnType}, {programType}{isGlobal}{display} {{\n");
        Dictionary<IrBlock, int> order = function.Blocks.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        string line = "";
        foreach (IrBlock block in function.Blocks)
        {
            text.Append($"{names[block]}:\n");
            foreach (PhiInstruction phi in block.Phis)
                text.Append($"    {names[phi]} = phi {phi.Type} {Edges(phi, order, names)}\n");
            foreach (IrInstruction instruction in block.Instructions)
                WriteInstruction(instruction, names, ref line);
            if (block.Terminator is { } terminator)
                WriteInstruction(terminator, names, ref line);
        }
        text.Append("}\n");
    }

    // In the order of the blocks, not of the edges: the order that edges were made in is of no interest.
    private static string Edges(PhiInstruction phi, Dictionary<IrBlock, int> order, IrNames names)
    {
        IEnumerable<string> edges = phi.Block!.Predecessors.Zip(phi.Operands)
            .OrderBy(edge => order.GetValueOrDefault(edge.First, int.MaxValue))
            .Select(edge => $"[{names[edge.First]}: {names[edge.Second]}]");
        return string.Join(", ", edges);
    }

    private void WriteInstruction(IrInstruction instruction, IrNames names, ref string line)
    {
        text.Append("    ");
        if (instruction.Type != IrType.Void)
            text.Append($"{names[instruction]} = ");
        text.Append(Body(instruction, names));
        if (withLines && !instruction.Span.IsNone && LineOf(instruction) is var current && current != line)
            text.Append($"  # {line = current}");
        text.Append('\n');
    }

    private static string LineOf(IrInstruction instruction) =>
        $"{instruction.Span.Source!.Name}:{instruction.Span.Position.Line + 1}";

    private static string Body(IrInstruction instruction, IrNames names) => instruction switch
    {
        BinaryInstruction i => $"{IrMnemonics.Of(i.Operator)} {names[i.Left]}, {names[i.Right]}",
        CompareInstruction i => $"{IrMnemonics.Of(i.Operator)} {names[i.Left]}, {names[i.Right]}",
        ConvertInstruction i => $"{IrMnemonics.Of(i.Operator)} {i.Type} {names[i.Value]}",
        SelectInstruction i => $"select {names[i.Condition]}, {names[i.IfTrue]}, {names[i.IfFalse]}",
        StackAllocateInstruction i => $"stack {i.Size} align {i.Alignment}",
        LoadInstruction i => $"load {i.Type} {Address(i.Pointer, i.Offset, names)}",
        StoreInstruction i => $"store {Address(i.Pointer, i.Offset, names)}, {names[i.Value]}",
        ZeroMemoryInstruction i => $"zero {Address(i.Pointer, i.Offset, names)}, {i.Size} align {i.Alignment}",
        CopyMemoryInstruction i => $"copy {Address(i.Target, i.TargetOffset, names)}, {Address(i.Source, i.SourceOffset, names)}, {i.Size} align {i.Alignment}",
        OffsetInstruction i => $"offset {names[i.Pointer]}, {names[i.Distance]}",
        AtomicInstruction i => $"atomic {IrMnemonics.Of(i.Operator)} {Address(i.Pointer, i.Offset, names)}, {names[i.Value]}",
        MapAddressInstruction i => $"map \"{Escape(i.Map)}\"",
        GlobalAddressInstruction i => $"global \"{Escape(i.Map)}\" + {i.Offset}",
        FunctionAddressInstruction i => $"address {i.Function.Name}",
        CallHelperInstruction i => $"call {i.Type} {HelperTable.Get(i.Helper).Name}({Arguments(i, names)})",
        CallFunctionInstruction i => $"invoke {i.Function.Name}({Arguments(i, names)})",
        AssumeInstruction i => $"assume {i.Type} {names[i.Value]}",
        JumpInstruction i => $"jump {names[i.Target]}",
        BranchInstruction i => $"branch {names[i.Condition]}, {names[i.IfTrue]}, {names[i.IfFalse]}{Hint(i.Hint)}",
        MayGotoInstruction i => $"maygoto {names[i.Body]}, {names[i.Exit]}",
        ReturnInstruction i => $"return {names[i.Value]}",
        _ => throw new ArgumentException($"{instruction.GetType().Name} has no text.", nameof(instruction)),
    };

    private static string Address(IrValue pointer, int offset, IrNames names) => offset switch
    {
        0 => names[pointer],
        < 0 => $"{names[pointer]} - {-(long)offset}",
        _ => $"{names[pointer]} + {offset}",
    };

    private static string Arguments(IrInstruction call, IrNames names) => string.Join(", ", call.Operands.Select(o => names[o]));

    private static string Hint(BranchHint hint) => hint switch
    {
        BranchHint.LikelyTrue => " likely",
        BranchHint.LikelyFalse => " unlikely",
        _ => "",
    };

    private static string Escape(string name) => name.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}
