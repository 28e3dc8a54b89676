using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Machine.Tests.Jit;

/// <summary>The ways in which one program can run in this process.</summary>
internal static class Engines
{
    private static readonly MachineOptions Options = MachineOptions.Default with { CpuCount = 1 };

    public static BpfMachine Interpreted { get; } = new(Options with { Mode = ExecutionMode.Interpreted });

    public static BpfMachine Checked { get; } = new(Options with { Mode = ExecutionMode.Checked });

    public static BpfMachine Verified { get; } = new(Options with { Mode = ExecutionMode.Verified });

    public static BpfMachine Untrusted { get; } = new(Options with { Mode = ExecutionMode.Checked, TrustsPrograms = false });

    /// <summary>Those that end a program that does what it may not.</summary>
    public static ImmutableArray<BpfMachine> WithChecks { get; } = [Interpreted, Checked, Untrusted];

    public static ImmutableArray<BpfMachine> All { get; } = [.. WithChecks, Verified];

    /// <summary>What every engine says that a program returns, which all have to agree on.</summary>
    public static ulong Run(params ImmutableArray<Instruction> instructions)
    {
        ulong[] results = [.. All.Select(machine => Tests.Run.Of(machine.LoadProgram("test", new Code(instructions)))).Distinct()];
        return Assert.Single(results);
    }
}
