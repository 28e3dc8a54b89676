using System.Collections.Immutable;

namespace Imker.Btf;

public sealed partial record BtfExt
{
    /// <summary>The bytes of a section <c>.BTF.ext</c>; sections without records are left out of a table.</summary>
    public byte[] ToArray(bool isLittleEndian = true)
    {
        int functions = TableSize(FunctionRecordSize, s => s.Functions.Length);
        int lines = TableSize(LineRecordSize, s => s.Lines.Length);
        int relocations = TableSize(RelocationRecordSize, s => s.Relocations.Length);
        var output = new BtfOutput(HeaderSize + functions + lines + relocations, isLittleEndian);
        output.U16(BtfLayout.Magic);
        output.U8(BtfLayout.Version);
        output.U8(0);
        output.U32(HeaderSize);
        output.U32(0);
        output.U32((uint)functions);
        output.U32((uint)functions);
        output.U32((uint)lines);
        output.U32((uint)(functions + lines));
        output.U32((uint)relocations);
        WriteTable(ref output, functions, FunctionRecordSize, s => s.Functions, Write);
        WriteTable(ref output, lines, LineRecordSize, s => s.Lines, Write);
        WriteTable(ref output, relocations, RelocationRecordSize, s => s.Relocations, Write);
        return output.ToArray();
    }

    /// <summary>
    /// Function info as <c>BPF_PROG_LOAD</c> takes it, in the byte order of this machine: <see cref="FunctionRecordSize"/> bytes each.
    /// </summary>
    public static byte[] EncodeForLoad(ReadOnlySpan<BtfFunctionInfo> functions)
    {
        var output = new BtfOutput(functions.Length * FunctionRecordSize, BitConverter.IsLittleEndian);
        foreach (BtfFunctionInfo function in functions)
            Write(ref output, function, 1);
        return output.ToArray();
    }

    /// <summary>Line info as <c>BPF_PROG_LOAD</c> takes it, in the byte order of this machine: <see cref="LineRecordSize"/> bytes each.</summary>
    public static byte[] EncodeForLoad(ReadOnlySpan<BtfLineInfo> lines)
    {
        var output = new BtfOutput(lines.Length * LineRecordSize, BitConverter.IsLittleEndian);
        foreach (BtfLineInfo line in lines)
            Write(ref output, line, 1);
        return output.ToArray();
    }

    private delegate void RecordWriter<T>(ref BtfOutput output, T record, uint unit);

    private int TableSize(int recordSize, Func<BtfExtSection, int> count)
    {
        int size = Sections.Where(s => count(s) > 0).Sum(s => 8 + count(s) * recordSize);
        return size == 0 ? 0 : sizeof(uint) + size;
    }

    private void WriteTable<T>(
        ref BtfOutput output, int size, uint recordSize, Func<BtfExtSection, ImmutableArray<T>> records, RecordWriter<T> write)
    {
        if (size == 0)
            return;
        output.U32(recordSize);
        foreach (BtfExtSection section in Sections.Where(s => records(s).Length > 0))
        {
            output.U32(section.Name);
            output.U32((uint)records(section).Length);
            foreach (T record in records(section))
                write(ref output, record, InstructionSize);
        }
    }

    // In the file places are counted in bytes (unit 8), at load in slots (unit 1).
    private static void Write(ref BtfOutput output, BtfFunctionInfo function, uint unit)
    {
        output.U32(function.Slot * unit);
        output.U32(function.TypeId);
    }

    private static void Write(ref BtfOutput output, BtfLineInfo line, uint unit)
    {
        output.U32(line.Slot * unit);
        output.U32(line.FileName);
        output.U32(line.Text);
        output.U32(line.Place);
    }

    private static void Write(ref BtfOutput output, CoreRelocation relocation, uint unit)
    {
        output.U32(relocation.Slot * unit);
        output.U32(relocation.TypeId);
        output.U32(relocation.AccessString);
        output.U32((uint)relocation.Kind);
    }
}
