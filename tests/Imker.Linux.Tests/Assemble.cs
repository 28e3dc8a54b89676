using Imker.Bytecode;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests;

/// <summary>Programs of a few instructions, written by hand.</summary>
internal static class Assemble
{
    public static int Number(KernelMap map) => (int)map.Descriptor.DangerousGetHandle();

    public static KernelProgram Load(ProgramType type, AttachType? attachType, params ReadOnlySpan<Instruction> instructions)
    {
        var code = new Code([.. instructions]);
        return KernelProgram.Load(new ProgramParameters
        {
            Name = "test", Type = type, Instructions = InstructionEncoder.Encode(code), ExpectedAttachType = attachType,
        });
    }

    public static KernelProgram Load(ProgramType type, CodeBuilder builder, AttachType? attachType = null) =>
        Load(type, attachType, builder.ToCode().Instructions.AsSpan());

    /// <summary>Jumps to <paramref name="end"/> unless the program runs in the thread group <paramref name="processId"/>.</summary>
    public static void OnlyIn(this CodeBuilder builder, int processId, Label end)
    {
        builder.Emit(
            Instruction.CallHelper(HelperId.GetCurrentPidTgid),
            Instruction.Alu(AluOperation.ShiftRight, R0, 32),
            Instruction.JumpIf(JumpCondition.NotEqual, R0, processId, end));
    }

    /// <summary>Adds one to the 64-bit value at index 0 of an array.</summary>
    public static void Count(this CodeBuilder builder, KernelMap array)
    {
        builder.Emit(
            Instruction.LoadMapValue(R1, Number(array), 0),
            Instruction.Mov(R2, 1),
            Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, R1, 0, R2));
    }

    public static void Return(this CodeBuilder builder, Label? end = null)
    {
        if (end is not null)
            builder.Bind(end);
        builder.Emit(Instruction.Mov(R0, 0), Instruction.Exit);
    }

    /// <summary>A program that counts its runs in a process.</summary>
    public static KernelProgram LoadCounter(ProgramType type, KernelMap array, int processId, AttachType? attachType = null)
    {
        var builder = new CodeBuilder();
        var end = new Label("end");
        builder.OnlyIn(processId, end);
        builder.Count(array);
        builder.Return(end);
        return Load(type, builder, attachType);
    }

    public static KernelMap NewArray(int entries = 1, int valueSize = 8, Objects.MapFlags flags = Objects.MapFlags.None) =>
        KernelMap.Create(new MapParameters(MapType.Array, sizeof(uint), valueSize, (uint)entries) { Name = "array", Flags = flags });

    public static ulong ReadCount(KernelMap array)
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        Assert.True(array.TryLookup(new byte[sizeof(uint)], value));
        return BitConverter.ToUInt64(value);
    }
}
