using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Machine.Tests;

/// <summary>Programs of a few instructions, written by hand or as text, in a machine of their own.</summary>
internal static class Run
{
    public static BpfMachine Interpreting { get; } = new(new MachineOptions { Mode = ExecutionMode.Interpreted, Budget = 1_000_000 });

    public static MachineProgram Load(params ImmutableArray<Instruction> instructions) => Interpreting.LoadProgram("test", new Code(instructions));

    public static MachineProgram Load(string text) => Interpreting.LoadProgram("test", Assembler.Parse(text));

    /// <summary>What a program returns that is not to fail.</summary>
    public static ulong Of(string text, params byte[] memory) => Of(Load(text), memory);

    public static ulong Of(MachineProgram program, params byte[] memory)
    {
        RunResult result = program.Run(memory);
        Assert.True(result.Fault is null, result.Fault?.ToString());
        return result.ReturnValue;
    }

    public static ImmutableArray<Diagnostic> Refusal(params ImmutableArray<Instruction> instructions) =>
        Assert.Throws<DiagnosticException>(() => Load(instructions)).Diagnostics;
}
