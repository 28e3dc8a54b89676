namespace Imker.Compiler.Ir;

/// <summary>Unique names for the blocks and values of a function, the same however often it is printed.</summary>
internal sealed class IrNames
{
    private readonly Dictionary<IrBlock, string> blocks = [];
    private readonly Dictionary<IrValue, string> values = [];

    public IrNames(IrFunction function)
    {
        var taken = new HashSet<string>();
        foreach (IrParameter parameter in function.Parameters)
            values[parameter] = "%" + MakeUnique(parameter.Name, taken);
        var takenBlocks = new HashSet<string>();
        int number = 0;
        foreach (IrBlock block in function.Blocks)
        {
            blocks[block] = MakeUnique(block.Name, takenBlocks);
            foreach (IrInstruction instruction in block.Phis.Concat(block.Instructions))
            {
                if (instruction is StackAllocateInstruction allocation)
                    values[allocation] = "%" + MakeUnique(allocation.Name, taken);
                else if (instruction.Type != IrType.Void)
                    values[instruction] = $"%{number++}";
            }
        }
    }

    public string this[IrBlock block] => blocks.TryGetValue(block, out string? name) ? name : $"<{block.Name}: not in the function>";

    public string this[IrValue value] => value switch
    {
        IrConstant { Type.IsPointer: true } => $"{value.Type} null",
        IrConstant constant => constant.ToString(),
        _ => values.TryGetValue(value, out string? name) ? name : $"<{value.GetType().Name}: not in the function>",
    };

    /// <summary>Whether a character may stand in a name.</summary>
    public static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '$' or '@';

    // A name of digits alone is the printer's own; a letter in front keeps them apart.
    private static string MakeUnique(string name, HashSet<string> taken)
    {
        string cleaned = string.Concat(name.Select(c => IsNameCharacter(c) ? c : '_'));
        if (cleaned.Length == 0 || char.IsAsciiDigit(cleaned[0]))
            cleaned = "_" + cleaned;
        string unique = cleaned;
        for (int i = 1; !taken.Add(unique); i++)
            unique = $"{cleaned}.{i}";
        return unique;
    }
}
