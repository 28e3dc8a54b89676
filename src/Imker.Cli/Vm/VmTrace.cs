using System.Globalization;
using System.Text;
using Imker.Bytecode;
using Imker.Machine;

namespace Imker.Cli;

/// <summary>Prints every step of a run: the slot, the instruction, and the registers that the step before changed.</summary>
internal sealed class VmTrace
{
    private readonly MachineProgram program;
    private readonly TextWriter output;
    private readonly ulong[] known = new ulong[11];
    private readonly StringBuilder line = new();

    private VmTrace(MachineProgram program, TextWriter output)
    {
        this.program = program;
        this.output = output;
    }

    public static int Execute(VmProgram loaded, byte[] memory, TextWriter output)
    {
        var trace = new VmTrace(loaded.Program, output);
        RunResult result = loaded.Program.TakesPackets
            ? loaded.Program.RunPacket(memory, observer: trace.OnStep) : loaded.Program.Run(new MachineRun { Context = memory, Observer = trace.OnStep });
        if (result.Fault is { } fault)
        {
            trace.WriteChanges(fault.Registers.AsSpan());
            output.Flush();
            Failure.Say(fault.ToString());
            return 1;
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"returned 0x{result.ReturnValue:x}"));
        return 0;
    }

    private void OnStep(MachineProgram running, int slot, ReadOnlySpan<ulong> registers)
    {
        WriteChanges(registers);
        string name = running == program ? "" : $"{running.Name} ";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}{slot,5}: {Disassembler.Format(running.InstructionAt(slot))}"));
    }

    private void WriteChanges(ReadOnlySpan<ulong> registers)
    {
        line.Clear();
        for (int i = 0; i < registers.Length; i++)
        {
            if (registers[i] == known[i])
                continue;
            known[i] = registers[i];
            line.Append(CultureInfo.InvariantCulture, $" r{i}=0x{registers[i]:x}");
        }
        if (line.Length > 0)
            output.WriteLine($"      {line}");
    }
}
