using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>Source lines as <c>.BTF.ext</c> keeps them, and back.</summary>
internal static class LineRecords
{
    /// <summary>
    /// The records of a section's functions. When any function has lines, each starts with a record, as the kernel wants it: one
    /// without file and line where nothing is known.
    /// </summary>
    public static IEnumerable<BtfLineInfo> Of(CodeSection section, ObjectTypes types)
    {
        foreach ((FunctionSpec function, _, int start) in section.Functions)
        {
            if (function.Lines is not [{ Instruction: 0 }, ..])
                yield return new BtfLineInfo((uint)start, 0, 0, 0, 0);
            int[] slots = SlotsOf(function);
            foreach (SourceLine line in function.Lines.Where(line => (uint)line.Instruction < (uint)function.Instructions.Length))
            {
                yield return new BtfLineInfo(
                    (uint)(start + slots[line.Instruction]), types.AddString(line.File), types.AddString(line.Text), (uint)line.Line, (uint)line.Column);
            }
        }
    }

    /// <summary>The lines of a function.</summary>
    /// <param name="records">Those of its section, ascending.</param>
    /// <param name="start">The first slot of the function.</param>
    /// <param name="code">The function's code.</param>
    /// <param name="text">A string by its offset.</param>
    public static ImmutableArray<SourceLine> Read(ImmutableArray<BtfLineInfo> records, uint start, Code code, Func<uint, string> text)
    {
        var lines = ImmutableArray.CreateBuilder<SourceLine>();
        for (int i = FirstFrom(records, start); i < records.Length && records[i].Slot - start < (uint)code.SlotCount; i++)
        {
            BtfLineInfo record = records[i];
            if ((record.Line == 0 && record.FileName == 0) || !code.TryGetIndex((int)(record.Slot - start), out int instruction))
                continue;
            lines.Add(new SourceLine(instruction, text(record.FileName), (int)record.Line, (int)record.Column, text(record.Text)));
        }
        return lines.DrainToImmutable();
    }

    /// <summary>Whether the records say the lines whole: numbers fit their bits, texts have no zeros, places ascend.</summary>
    public static bool CanSay(FunctionSpec function)
    {
        int last = -1;
        foreach (SourceLine line in function.Lines)
        {
            if (line.Instruction <= last || line.Instruction >= function.Instructions.Length
                || line.Line is < 1 or > (int)BtfLineInfo.MaxLine || line.Column is < 0 or > (int)BtfLineInfo.MaxColumn
                || line.File.Contains('\0') || line.Text.Contains('\0'))
                return false;
            last = line.Instruction;
        }
        return true;
    }

    private static int FirstFrom(ImmutableArray<BtfLineInfo> records, uint slot)
    {
        int low = 0, high = records.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (records[middle].Slot < slot)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static int[] SlotsOf(FunctionSpec function)
    {
        int[] slots = new int[function.Instructions.Length];
        for (int i = 1; i < slots.Length; i++)
            slots[i] = slots[i - 1] + function.Instructions[i - 1].SlotCount;
        return slots;
    }
}
