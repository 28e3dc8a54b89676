using Imker.Bytecode.Classic;

namespace Imker.Filter.Tests.Optimization;

/// <summary>Makes the graph of a program again: what libpcap's generator made, when the program was not optimized.</summary>
internal static class ProgramGraph
{
    public static FilterGraph Of(ClassicProgram program)
    {
        var blocks = new Dictionary<int, FilterBlock>();
        FilterBlock root = BlockAt(0);
        foreach ((int start, FilterBlock block) in blocks.ToArray())
            Complete(start, block);
        uint snapLength = program.Instructions.Where(i => i.IsReturn).Max(i => i.K);
        return new FilterGraph(root, snapLength, IsOptimizable: true, ClassicProgram.CellCount);

        // Those that jumps go to are found from the root; the stack is the heap's, programs are long.
        FilterBlock BlockAt(int first)
        {
            var open = new Stack<int>();
            open.Push(first);
            while (open.TryPop(out int start))
            {
                if (blocks.ContainsKey(start))
                    continue;
                int end = EndOf(start);
                var block = new FilterBlock(Statement(end));
                for (int i = start; i < end; i++)
                    block.Statements.Add(Statement(i));
                blocks.Add(start, block);
                if (program.Instructions[end].IsReturn)
                    continue;
                open.Push(TargetOf(end, program.Instructions[end].Jt));
                open.Push(TargetOf(end, program.Instructions[end].Jf));
            }
            return blocks[first];
        }

        void Complete(int start, FilterBlock block)
        {
            int end = EndOf(start);
            if (program.Instructions[end].IsReturn)
                return;
            block.TrueTarget = blocks[TargetOf(end, program.Instructions[end].Jt)];
            block.FalseTarget = blocks[TargetOf(end, program.Instructions[end].Jf)];
        }

        int EndOf(int start)
        {
            while (program.Instructions[start].Class is not (ClassicClass.Jump or ClassicClass.Return))
                start++;
            return start;
        }

        int TargetOf(int jump, byte distance)
        {
            int target = jump + 1 + distance;
            return program.Instructions[target].Code == ClassicOpcode.Jump ? target + 1 + (int)program.Instructions[target].K : target;
        }

        FilterStatement Statement(int index) => new(program.Instructions[index].Code, program.Instructions[index].K);
    }
}
