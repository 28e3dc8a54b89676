using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>Puts the target's answer into an instruction (libbpf, <c>bpf_core_patch_insn</c>).</summary>
internal static class InstructionPatch
{
    /// <summary>The helper that a poisoned instruction calls: there is none of this number, which libbpf uses too.</summary>
    public const int PoisonHelper = 0xbad2310;

    public static Instruction Poison { get; } = Instruction.CallHelper(PoisonHelper);

    /// <summary>The instruction with the answer in it.</summary>
    /// <param name="problem">Why it does not fit; null when it does.</param>
    public static Instruction Apply(Instruction instruction, in CoreAnswer answer, out string? problem) => instruction switch
    {
        { IsWideLoad: true, Reference: null } => SetConstant(instruction, answer, (long)answer.TargetValue, instruction.Constant, out problem),
        { Class: InstructionClass.Alu or InstructionClass.Alu64, UsesSourceRegister: false } =>
            SetConstant(instruction, answer, (int)answer.TargetValue, (uint)instruction.Constant, out problem),
        { Class: InstructionClass.Ldx or InstructionClass.St or InstructionClass.Stx } => SetOffset(instruction, answer, out problem),
        _ => Refuse(instruction, "no constant or offset of this instruction can be changed", out problem),
    };

    /// <summary>Whether the answer is for a load or store, whose width must fit what is there.</summary>
    public static bool IsAccess(Instruction instruction) => instruction.Class is InstructionClass.Ldx or InstructionClass.St or InstructionClass.Stx;

    private static Instruction SetConstant(Instruction instruction, in CoreAnswer answer, long constant, long found, out string? problem)
    {
        ulong local = instruction.IsWideLoad ? answer.LocalValue : (uint)answer.LocalValue;
        if (answer.IsLocalCertain && (ulong)found != local)
            return Refuse(instruction, $"it holds {found}, the program's types say {local}", out problem);
        problem = null;
        return instruction.WithConstant(constant);
    }

    private static Instruction SetOffset(Instruction instruction, in CoreAnswer answer, out string? problem)
    {
        if (answer.IsLocalCertain && instruction.Offset != (long)answer.LocalValue)
            return Refuse(instruction, $"its offset is {instruction.Offset}, the program's types say {answer.LocalValue}", out problem);
        if (answer.TargetValue > (ulong)short.MaxValue)
            return Refuse(instruction, $"the target's offset, {answer.TargetValue}, is too large for it", out problem);
        Instruction moved = instruction.WithOffset((short)answer.TargetValue);
        problem = null;
        return answer.LocalSize == answer.TargetSize ? moved : Resize(moved, answer, out problem);
    }

    private static Instruction Resize(Instruction instruction, in CoreAnswer answer, out string? problem)
    {
        if (BytesOf(instruction.Size) != answer.LocalSize)
            return Refuse(instruction, $"it takes {BytesOf(instruction.Size)} bytes, the program's types say {answer.LocalSize}", out problem);
        if (SizeOf(answer.TargetSize) is not { } size)
            return Refuse(instruction, $"no instruction takes the {answer.TargetSize} bytes of the target at once", out problem);
        problem = null;
        byte opcode = (byte)((byte)instruction.Class | (byte)instruction.Mode | (byte)size);
        return Instruction.Raw(opcode, (byte)instruction.Dst, instruction.SrcField, instruction.Offset, instruction.Constant, instruction.Reference);
    }

    private static ulong BytesOf(MemorySize size) => size switch
    {
        MemorySize.Byte => 1,
        MemorySize.Half => 2,
        MemorySize.Word => 4,
        _ => 8,
    };

    private static MemorySize? SizeOf(ulong bytes) => bytes switch
    {
        1 => MemorySize.Byte,
        2 => MemorySize.Half,
        4 => MemorySize.Word,
        8 => MemorySize.DoubleWord,
        _ => null,
    };

    private static Instruction Refuse(Instruction instruction, string why, out string? problem)
    {
        problem = $"'{instruction}': {why}";
        return instruction;
    }
}
