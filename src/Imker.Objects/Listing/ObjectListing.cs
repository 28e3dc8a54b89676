using System.Text;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>An object as text: its maps, then the code of each program and function, with the source line that it comes from.</summary>
public static class ObjectListing
{
    public static string Format(BpfObject bpfObject)
    {
        ArgumentNullException.ThrowIfNull(bpfObject);
        var text = new StringBuilder();
        foreach (MapSpec map in bpfObject.Maps)
            text.AppendLine($"map {map.Name}: {map.Type}, key {map.KeySize}, value {map.ValueSize}, entries {map.MaxEntries}");
        foreach (ProgramSpec program in bpfObject.Programs)
            Append(text, $"program {program.Name}: {program.Type}, {program.DisplayName}", program.Entry);
        foreach (FunctionSpec function in bpfObject.Functions)
            Append(text, $"function {function.Name}", function);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string heading, FunctionSpec function)
    {
        text.AppendLine().AppendLine($"{heading}, {function.Instructions.Sum(i => i.SlotCount)} slots");
        int slot = 0, line = 0;
        for (int i = 0; i < function.Instructions.Length; i++)
        {
            Instruction instruction = function.Instructions[i];
            for (; line < function.Lines.Length && function.Lines[line].Instruction <= i; line++)
                text.AppendLine($"; {function.Lines[line].File}:{function.Lines[line].Line}: {function.Lines[line].Text.Trim()}");
            text.AppendLine($"{slot,5}: {Disassembler.Format(instruction)}");
            slot += instruction.SlotCount;
        }
    }
}
