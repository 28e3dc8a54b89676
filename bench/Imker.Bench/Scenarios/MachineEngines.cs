using System.Diagnostics;
using System.Globalization;
using Imker.Linux;
using Imker.Machine;
using Imker.Objects;

namespace Imker.Bench.Scenarios;

/// <summary>One run of each of ten programs: the kernel's generated code, and the machine's engines.</summary>
internal static class MachineEngines
{
    private const int KernelRepeat = 20_000;

    private static readonly string[] Names = ["alu", "sieve", "copy", "fnv", "flow", "hist", "str", "csum", "maps", "calls"];

    private static readonly ExecutionMode[] Modes = [ExecutionMode.Interpreted, ExecutionMode.Checked, ExecutionMode.Verified];

    public static IEnumerable<Row> Run(Setup setup)
    {
        BpfObject source = BpfObjectReader.Read(File.ReadAllBytes(Path.Combine(setup.Root, "bench/Imker.Bench/Machine/programs.bpf.o")), "programs.bpf.o");
        using LoadedObject kernel = ObjectLoader.Load(source);
        MachineInstance[] machines = [.. Modes.Select(mode => new BpfMachine(MachineOptions.Default with { Mode = mode }).Load(source))];
        kernel.Programs["prepare"].Run(new TestRun { Data = new byte[64] });
        foreach (MachineInstance machine in machines)
            machine.Programs["prepare"].Run([]);
        double[] logarithms = new double[Modes.Length];
        foreach (string name in Names)
        {
            double[] best = Measure(setup.Rounds, kernel.Programs[name], [.. machines.Select(m => m.Programs[name])]);
            for (int i = 0; i < Modes.Length; i++)
                logarithms[i] += Math.Log(best[i + 1] / best[0]);
            yield return new Row(name, [Nanoseconds(best[0]), .. best.Skip(1).Select(b => $"{Nanoseconds(b)} ({Ratio(b / best[0])})")]);
        }
        yield return new Row("geometric mean against the kernel", ["1", .. logarithms.Select(sum => Ratio(Math.Exp(sum / Names.Length)))]);
        foreach (MachineInstance machine in machines)
            machine.Dispose();
    }

    // The quickest of all rounds, which take turns: what else the machine did is no part of it.
    private static double[] Measure(int rounds, KernelProgram kernel, MachineProgram[] programs)
    {
        double[] best = new double[1 + programs.Length];
        Array.Fill(best, double.MaxValue);
        byte[] packet = new byte[64];
        for (int round = 0; round < rounds; round++)
        {
            TestRunResult reference = kernel.Run(new TestRun { Data = packet, Repeat = KernelRepeat });
            best[0] = Math.Min(best[0], reference.Nanoseconds);
            for (int i = 0; i < programs.Length; i++)
                best[i + 1] = Math.Min(best[i + 1], Measure(programs[i], reference.ReturnValue));
        }
        return best;
    }

    private static double Measure(MachineProgram program, uint expected)
    {
        const int Batch = 5_000_000;
        Stopwatch watch = Stopwatch.StartNew();
        RunResult result = program.Run([]);
        if (result.Fault is not null || (uint)result.ReturnValue != expected)
            throw new InvalidOperationException($"'{program.Name}' returns 0x{result.ReturnValue:x} instead of 0x{expected:x} {result.Fault}");
        int runs = (int)Math.Clamp(Batch / watch.Elapsed.TotalNanoseconds, 1, 100_000);
        watch.Restart();
        for (int i = 0; i < runs; i++)
            program.Run([]);
        return watch.Elapsed.TotalNanoseconds / runs;
    }

    private static string Nanoseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " ns";

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
