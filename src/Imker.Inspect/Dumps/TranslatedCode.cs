using Imker.Bytecode;
using Imker.Linux;

namespace Imker.Inspect;

/// <summary>
/// The text of instructions that the kernel hands out after the verifier: maps by their numbers, calls by the names of what they
/// reach. Follows <c>print_bpf_insn</c> (kernel/bpf/disasm.c) as bpftool uses it.
/// </summary>
/// <param name="code">All slots.</param>
/// <param name="layout">Whose machine code calls go to.</param>
/// <param name="symbols">The kernel's.</param>
/// <param name="callBase">The address that calls are relative to (<c>__bpf_call_base</c>); 0 when hidden.</param>
internal sealed class TranslatedCode(byte[] code, ProgramLayout layout, Symbols.KernelSymbols symbols, ulong callBase)
{
    private const byte SourceMap = 1, SourceMapValue = 2, SourceFunction = 4, SourceMapIndex = 5, SourceMapIndexValue = 6;

    public int SlotCount => code.Length / InstructionEncoder.SlotSize;

    /// <summary>The bytes of the instruction at a slot: eight, or sixteen of a wide load.</summary>
    public ReadOnlySpan<byte> BytesAt(int slot) =>
        code.AsSpan(slot * InstructionEncoder.SlotSize, SlotsAt(slot) * InstructionEncoder.SlotSize);

    /// <summary>Two for a wide load whose second half is there.</summary>
    public int SlotsAt(int slot) => InstructionAt(slot).IsWideLoad && slot + 1 < SlotCount ? 2 : 1;

    /// <summary>Opcode and text, such as <c>(85) call htab_map_update_elem#343552</c>.</summary>
    public string TextAt(int slot)
    {
        Instruction instruction = InstructionAt(slot);
        string text = instruction switch
        {
            { IsWideLoad: true } => $"r{(int)instruction.Dst} = {WideConstant(instruction)}",
            { IsCall: true, CallKind: CallKind.Function } => $"call pc{CallOfProgram(instruction)}",
            { IsCall: true, UsesSourceRegister: false } => $"call {CallOfKernel((int)instruction.Constant)}",
            _ => Disassembler.Format(instruction),
        };
        return $"({instruction.Opcode:x2}) {text}";
    }

    private Instruction InstructionAt(int slot)
    {
        ReadOnlySpan<byte> bytes = code.AsSpan(slot * InstructionEncoder.SlotSize, InstructionEncoder.SlotSize);
        byte registers = bytes[1];
        (byte dst, byte src) = BitConverter.IsLittleEndian ? ((byte)(registers & 0xf), (byte)(registers >> 4)) : ((byte)(registers >> 4), (byte)(registers & 0xf));
        long constant = BitConverter.ToInt32(bytes[4..]);
        var instruction = Instruction.Raw(bytes[0], dst, src, BitConverter.ToInt16(bytes[2..]), constant);
        return instruction.IsWideLoad && slot + 1 < SlotCount
            ? instruction.WithConstant((uint)constant | (long)BitConverter.ToInt32(code, (slot + 1) * InstructionEncoder.SlotSize + 4) << 32)
            : instruction;
    }

    private static string WideConstant(Instruction load)
    {
        uint low = (uint)load.Constant, high = (uint)(load.Constant >> 32);
        return load.SrcField switch
        {
            SourceMap => $"map[id:{low}]",
            SourceMapValue => $"map[id:{low}][0]+{high}",
            SourceMapIndex => $"map[idx:{low}]",
            SourceMapIndexValue => $"map[idx:{low}]+{high}",
            SourceFunction => $"subprog[{(int)low:+0;-0;+0}]",
            _ => $"0x{load.Constant:x}",
        };
    }

    // Compiled, the constant is the number of the function, and the distance moved to the offset.
    private string CallOfProgram(Instruction call)
    {
        int index = (int)call.Constant;
        ulong address = (uint)index < (uint)layout.Functions.Length ? layout.Functions[index].Address : 0;
        if (address == 0)
            return $"{index:+0;-0;+0}";
        return $"{call.Offset:+0;-0;+0}#{symbols.Resolve(address) switch { { Name: { } name, Offset: 0 } => name, _ => $"0x{address:x}" }}";
    }

    private string CallOfKernel(int distance)
    {
        // What the verifier replaced by other code later, such as tail calls, keeps its number.
        if (HelperTable.TryGet(distance, out HelperPrototype? helper))
            return $"{helper.Name}#{distance}";
        ulong address = callBase + (ulong)(long)distance;
        return callBase != 0 && symbols.Resolve(address) is { Name: { } name, Offset: 0 } ? $"{name}#{distance}" : $"unknown#{distance}";
    }
}
