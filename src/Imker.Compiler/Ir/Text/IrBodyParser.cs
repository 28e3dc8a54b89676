using Imker.Diagnostics;

namespace Imker.Compiler.Ir;

/// <summary>
/// Reads the blocks of one function. Uses may stand above their definitions in the text, as blocks stand in any order; so the
/// blocks are read in an order in which definitions come first, then the ends, then the operands of phis.
/// </summary>
internal sealed partial class IrBodyParser(
    IrTokenReader reader, IrFunction function, Dictionary<string, IrFunction> functions, DiagnosticBag diagnostics)
{
    private sealed record BlockText(IrBlock Block, int Start)
    {
        /// <summary>The token that the last line starts with.</summary>
        public int Last { get; set; } = -1;
    }

    private readonly List<BlockText> blocks = [];
    private readonly Dictionary<string, BlockText> blocksByName = [];
    private readonly Dictionary<string, IrValue> values = [];
    private readonly List<(PhiInstruction Phi, int Edges)> phis = [];

    public void Parse()
    {
        foreach (IrParameter parameter in function.Parameters)
            values["%" + parameter.Name] = parameter;
        FindBlocks();
        foreach (BlockText block in InOrderOfDefinition())
        {
            reader.Position = block.Start;
            while (reader.Position < block.Last)
                Line(() => ParseInstruction(block.Block));
        }
        foreach (BlockText block in blocks)
        {
            reader.Position = Math.Max(block.Last, block.Start);
            Line(() => block.Block.SetTerminator(ParseTerminator()));
        }
        foreach ((PhiInstruction phi, int edges) in phis)
        {
            reader.Position = edges;
            Line(() => phi.SetOperands(ParseEdges(phi.Block!)));
        }
    }

    // One line, whose error does not hide those of the next.
    private void Line(Action parse)
    {
        try
        {
            parse();
            reader.ExpectEndOfLine();
        }
        catch (IrSyntaxException e)
        {
            diagnostics.Error(e.Id, e.Span, e.Message);
            reader.SkipLine();
        }
    }

    private void FindBlocks()
    {
        while (!reader.AtEnd && !reader.Current.Is('}'))
        {
            int start = reader.Position;
            IrToken first = reader.Next();
            if (first.Kind == IrTokenKind.Word && reader.Accept(':'))
                Line(() => AddBlock(first));
            else
            {
                if (blocks.Count == 0)
                    diagnostics.Error("IMK2008", first.Span, "instructions stand in a block: begin with 'name:'");
                else
                    blocks[^1].Last = start;
                reader.Position = start;
                reader.SkipLine();
            }
        }
        if (reader.AtEnd)
            diagnostics.Error("IMK2003", reader.Current.Span, $"expected '}}' at the end of function {function.Name}");
        if (blocks.Count == 0)
            diagnostics.Error("IMK2009", reader.Current.Span, $"function {function.Name} has no block");
    }

    private void AddBlock(IrToken name)
    {
        var block = new BlockText(function.NewBlock(name.Text), reader.Position + 1);
        blocks.Add(block);
        if (!blocksByName.TryAdd(name.Text, block))
            throw new IrSyntaxException(name.Span, "IMK2005", $"there is a block '{name.Text}' already");
    }

    // Reverse postorder: a definition dominates its uses, and a dominator comes first in it.
    private List<BlockText> InOrderOfDefinition()
    {
        var order = new List<BlockText>();
        var seen = new HashSet<BlockText>();
        var path = new Stack<(BlockText Block, Queue<BlockText> Targets)>();
        for (int i = 0; i < blocks.Count; i++)
        {
            if (!seen.Add(blocks[i]))
                continue;
            int first = order.Count;
            path.Push((blocks[i], TargetsOf(blocks[i])));
            while (path.TryPeek(out var top))
            {
                if (!top.Targets.TryDequeue(out BlockText? target))
                    order.Add(path.Pop().Block);
                else if (seen.Add(target))
                    path.Push((target, TargetsOf(target)));
            }
            order.Reverse(first, order.Count - first);
        }
        return order;
    }

    private Queue<BlockText> TargetsOf(BlockText block)
    {
        var targets = new Queue<BlockText>();
        if (block.Last < 0)
            return targets;
        reader.Position = block.Last;
        int limit = reader.Next().Text switch { "jump" => 1, "branch" or "maygoto" => 2, _ => 0 };
        for (; !reader.AtEndOfLine && targets.Count < limit; reader.Next())
        {
            if (reader.Current.Kind == IrTokenKind.Word && blocksByName.TryGetValue(reader.Current.Text, out BlockText? target))
                targets.Enqueue(target);
        }
        return targets;
    }

    private IrValue[] ParseEdges(IrBlock block)
    {
        SourceSpan start = reader.Current.Span;
        var operands = new IrValue?[block.Predecessors.Count];
        do
        {
            reader.Expect('[');
            IrToken name = reader.Current;
            IrBlock from = ParseBlockName();
            reader.Expect(':');
            IrValue value = ParseOperand();
            reader.Expect(']');
            int index = -1;
            do
                index = block.Predecessors.IndexOf(from, index + 1);
            while (index >= 0 && operands[index] is not null);
            if (index < 0)
                throw new IrSyntaxException(name.Span, "IMK2010", $"there is no (further) edge from {name.Text} to {block.Name}");
            operands[index] = value;
        }
        while (reader.Accept(','));
        int missing = Array.IndexOf(operands, null);
        if (missing >= 0)
            throw new IrSyntaxException(start, "IMK2011", $"the edge from {block.Predecessors[missing].Name} has no value");
        return [.. operands.OfType<IrValue>()];
    }

    private IrBlock ParseBlockName()
    {
        IrToken name = reader.Expect(IrTokenKind.Word, "the name of a block");
        return blocksByName.TryGetValue(name.Text, out BlockText? block)
            ? block.Block
            : throw new IrSyntaxException(
                name.Span, "IMK2012", $"there is no block '{name.Text}'{Spelling.Suggestion(name.Text, blocksByName.Keys)}");
    }
}
