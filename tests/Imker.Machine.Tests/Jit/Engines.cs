using Imker.Bytecode;
using Imker.Machine.Jit;

namespace Imker.Machine.Tests.Jit;

/// <summary>The ways in which one program can run in this process.</summary>
internal static class Engines
{
    private static readonly MachineOptions Options = MachineOptions.Default with { CpuCount = 1 };

    public static BpfMachine Interpreted { get; } = new(Options with { Mode = ExecutionMode.Interpreted });

    public static BpfMachine Checked { get; } = new(Options with { Mode = ExecutionMode.Checked });

    public static BpfMachine Verified { get; } = new(Options with { Mode = ExecutionMode.Verified });

    public static BpfMachine Untrusted { get; } = new(Options with { Mode = ExecutionMode.Checked, TrustsPrograms = false });

    public static TheoryData<string> Names => ["interpreted", "checked", "verified", "untrusted"];

    public static BpfMachine ByName(string name) => name switch
    {
        "interpreted" => Interpreted,
        "checked" => Checked,
        "verified" => Verified,
        _ => Untrusted,
    };

    public static ulong Run(BpfMachine machine, string text, params ReadOnlySpan<byte> context)
    {
        byte[] memory = context.ToArray();
        RunResult result = machine.LoadProgram("test", Assembler.Parse(text)).Run(memory);
        Assert.Null(result.Fault);
        return result.ReturnValue;
    }
}
