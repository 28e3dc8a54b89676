using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Shows the code of loaded programs, as <c>bpftool prog dump</c> does.</summary>
public static class ProgramDump
{
    private const string CallBase = "__bpf_call_base";
    private const int BytesOfLine = 16;

    /// <summary>The bytes of a program's code.</summary>
    /// <exception cref="InspectException">The kernel hides it, or does not compile programs.</exception>
    public static byte[] ReadTranslated(KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Present(program.ReadTranslatedCode(), program, "the kernel hides the code of programs from this process (CAP_SYS_ADMIN; sysctl kernel.kptr_restrict)");
    }

    /// <inheritdoc cref="ReadTranslated"/>
    public static byte[] ReadMachine(KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        string problem = program.GetInfo().JitedLength == 0
            ? "it is interpreted, and has no machine code (sysctl net.core.bpf_jit_enable)"
            : "the kernel hides machine code from this process (CAP_SYS_ADMIN; sysctl kernel.kptr_restrict, net.core.bpf_jit_harden)";
        return Present(program.ReadMachineCode(), program, problem);
    }

    /// <summary>The code after the verifier, with source lines where the program came with them.</summary>
    /// <inheritdoc cref="ReadTranslated"/>
    public static void WriteTranslated(RecordOutput output, KernelInventory inventory, KernelProgram program, CodeDumpOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(options);
        byte[] bytes = ReadTranslated(program);
        ProgramSource source = SourceOf(program, inventory);
        var code = new TranslatedCode(bytes, source.Layout, inventory.Symbols, inventory.Symbols.TryFindAddress(CallBase, out ulong callBase) ? callBase : 0);
        List<OutputValue> records = [];
        for (int slot = 0; slot < code.SlotCount; slot += code.SlotsAt(slot))
        {
            if (output.IsJson)
                records.Add(RecordAt(code, slot, source, options));
            else
                WriteAt(output, code, slot, source, options);
        }
        if (output.IsJson)
            output.WriteJson(OutputValue.Array([.. records]));
    }

    /// <summary>The machine code, as bytes under the source lines that they come from.</summary>
    /// <inheritdoc cref="ReadTranslated"/>
    public static void WriteMachine(RecordOutput output, KernelInventory inventory, KernelProgram program, CodeDumpOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(options);
        byte[] bytes = ReadMachine(program);
        List<OutputValue> functions = [];
        foreach (MachineFunction function in MachineFunction.Split(bytes, SourceOf(program, inventory), inventory.Symbols))
        {
            if (output.IsJson)
                functions.Add(function.ToRecord(options.ShowsLines));
            else
                function.Write(output, options.ShowsLines, BytesOfLine);
        }
        if (output.IsJson)
            output.WriteJson(OutputValue.Array([.. functions]));
    }

    private static byte[] Present(byte[] code, KernelProgram program, string problem) =>
        code.Length > 0 ? code : throw new InspectException($"cannot dump {program}: {problem}");

    private static ProgramSource SourceOf(KernelProgram program, KernelInventory inventory) => new(program.ReadLayout(), inventory.TypesOf(program.GetInfo().BtfId));

    private static OutputValue RecordAt(TranslatedCode code, int slot, ProgramSource source, CodeDumpOptions options)
    {
        var record = new RecordBuilder();
        foreach (FunctionPlace function in source.Layout.Functions)
        {
            if (function.Slot == slot && source.PrototypeOf(function) is { } prototype)
                record.Add("proto", prototype);
        }
        foreach (LinePlace line in source.Layout.Lines)
        {
            if (line.Slot == slot)
                source.AddLine(record, line, options.ShowsLines);
        }
        record.Add("disasm", code.TextAt(slot));
        if (options.ShowsOpcodes)
            record.Add("opcodes", ProgramSource.HexBytes(code.BytesAt(slot)));
        return record.Build();
    }

    private static void WriteAt(RecordOutput output, TranslatedCode code, int slot, ProgramSource source, CodeDumpOptions options)
    {
        foreach (FunctionPlace function in source.Layout.Functions)
        {
            if (function.Slot == slot && source.PrototypeOf(function) is { } prototype)
                output.WriteLine($"{prototype}:");
        }
        foreach (LinePlace line in source.Layout.Lines)
        {
            if (line.Slot == slot)
                source.WriteLine(output, line, options.ShowsLines);
        }
        output.WriteLine($"{slot,4}: {code.TextAt(slot)}");
        if (options.ShowsOpcodes)
            output.WriteLine($"       {Spaced(code.BytesAt(slot))}");
    }

    internal static string Spaced(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder(bytes.Length * 3);
        foreach (byte value in bytes)
            text.Append(text.Length == 0 ? "" : " ").Append($"{value:x2}");
        return text.ToString();
    }
}
