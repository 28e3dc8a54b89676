using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Probes that load programs of a few instructions.</summary>
internal static class ProgramProbe
{
    /// <summary>Whether the verifier knows all instructions of a program that is correct.</summary>
    internal static FeatureState Loads(params ReadOnlySpan<Instruction> instructions)
    {
        using Descriptor? program = TryLoad(ProgramType.SocketFilter, null, instructions, out Errno error);
        return program is not null ? FeatureState.Present : FeatureProbes.StateOf(error);
    }

    /// <summary>
    /// Calls a helper with no argument set. The verifier says EINVAL when it does not know the helper for this type of program; a
    /// complaint about the arguments, EACCES, means that it does.
    /// </summary>
    internal static FeatureState HasHelper(ProgramType type, HelperId helper)
    {
        using Descriptor? program = TryLoad(
            type, TypeProbe.AttachTypeOf(type), [Instruction.CallHelper(helper), Instruction.Mov(Register.R0, 0), Instruction.Exit], out Errno error);
        return program is not null || error == Errno.AccessDenied ? FeatureState.Present : FeatureProbes.StateOf(error);
    }

    /// <summary>A program that does nothing, to try links with; null with the reason when its type is refused.</summary>
    internal static KernelProgram? TryLoadEmpty(ProgramType type, AttachType? attachType, out Errno error)
    {
        Descriptor? program = TryLoad(type, attachType, [Instruction.Mov(Register.R0, 0), Instruction.Exit], out error);
        return program is null ? null : KernelProgram.Own(program, "probe", type);
    }

    private static Descriptor? TryLoad(
        ProgramType type, AttachType? attachType, ReadOnlySpan<Instruction> instructions, out Errno error)
    {
        Span<byte> code = stackalloc byte[instructions.Length * InstructionEncoder.SlotSize];
        for (int i = 0; i < instructions.Length; i++)
            InstructionEncoder.Encode(instructions[i], code[(i * InstructionEncoder.SlotSize)..]);
        var parameters = new ProgramParameters
        {
            Name = "probe", Type = type, Instructions = code, ExpectedAttachType = attachType,
            // Programs of this type may do nothing else.
            IsSleepable = type == ProgramType.Syscall,
        };
        return KernelProgram.TryLoad(parameters, [], out error);
    }
}
