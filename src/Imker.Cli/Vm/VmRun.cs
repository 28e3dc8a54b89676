using System.Globalization;
using Imker.Machine;

namespace Imker.Cli;

/// <summary>Runs a program, measures it, and prints a line of JSON.</summary>
internal static class VmRun
{
    // The median of as many batches tells the time of one run.
    private const int Batches = 21;

    public static int Execute(VmProgram loaded, byte[] memory, int repeat, TextWriter output)
    {
        RunResult first = RunOnce(loaded.Program, memory.AsSpan().ToArray());
        if (first.Fault is { } fault)
        {
            Failure.Say(fault.ToString());
            return 1;
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{{\"r0\":\"0x{first.ReturnValue:x}\",\"ns\":{Measure(loaded.Program, memory, repeat):0.##},\"compile_ns\":{loaded.Program.CompileTime.TotalNanoseconds:0},\"load_ns\":{loaded.LoadTime.TotalNanoseconds:0}}}"));
        return 0;
    }

    public static RunResult RunOnce(MachineProgram program, byte[] memory) => program.TakesPackets ? program.RunPacket(memory) : program.Run(memory);

    private static double Measure(MachineProgram program, byte[] memory, int repeat)
    {
        byte[] own = memory.AsSpan().ToArray();
        int runs = Math.Max(1, repeat / Batches);
        double[] times = new double[Math.Min(Batches, repeat)];
        for (int batch = 0; batch < times.Length; batch++)
        {
            program.Repeat(own, runs, out TimeSpan elapsed);
            times[batch] = elapsed.TotalNanoseconds / runs;
        }
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
