using System.Diagnostics;
using System.Globalization;
using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Machine;

namespace Imker.Bench.Scenarios;

/// <summary>What generated code costs before it runs: compiling it, and going from C# into it and back.</summary>
internal static class MachineCosts
{
    private const int Few = 10, Many = 16_000;
    private const int Calls = 2_000_000;

    private static readonly ExecutionMode[] Modes = [ExecutionMode.Interpreted, ExecutionMode.Checked, ExecutionMode.Verified];

    public static IEnumerable<Row> Run(Setup setup)
    {
        BpfMachine[] machines = [.. Modes.Select(mode => new BpfMachine(MachineOptions.Default with { Mode = mode }))];
        double[] few = [.. machines.Select(m => CompileTime(m, Few))], many = [.. machines.Select(m => CompileTime(m, Many))];
        yield return new Row($"a program of {Few} instructions compiled", [null, .. few.Select(t => Number(t, "0") + " ns")]);
        yield return new Row("each further instruction", [null, .. few.Zip(many).Select(t => Number((t.Second - t.First) / (Many - Few), "0.0") + " ns")]);
        yield return new Row("a run of the shortest program", [null, .. machines.Select(m => Number(RunTime(m.LoadProgram("short", Assembler.Parse("r0 = 1\nexit"))), "0.0") + " ns")]);
        PacketMatcher matcher = PacketMatcher.Create(ClassicAssembler.Parse("ret #1"));
        yield return new Row("a call of the shortest packet filter", [null, null, null, Number(CallTime(matcher), "0.0") + " ns"]);
    }

    // The quickest: the first ones touch memory that nobody has touched before.
    private static double CompileTime(BpfMachine machine, int instructions)
    {
        string[] mix =
        [
            "r2 = r1", "r2 += 8", "r3 = 7", "r3 *= r2", "r4 = *(u32 *)(r10 - 8)", "w4 ^= 255", "*(u64 *)(r10 - 16) = r4", "r5 = r4",
            "r5 >>= 3", "if r5 > 100 goto pc+1", "r0 += r5", "r6 = *(u16 *)(r1 + 4)", "r6 = be16 r6", "if r6 == 2048 goto pc+1", "r0 |= r6", "w0 -= w3",
        ];
        Code code = Assembler.Parse("*(u64 *)(r10 - 8) = 0\nr0 = 0\n" + string.Join('\n', Enumerable.Range(0, instructions - 4).Select(i => mix[i % mix.Length])) + "\nr0 = 0\nexit");
        double best = double.MaxValue;
        for (int i = 0; i < 200_000 / instructions + 10; i++)
            best = Math.Min(best, machine.LoadProgram("compiled", code).CompileTime.TotalNanoseconds);
        return best;
    }

    private static double RunTime(MachineProgram program)
    {
        byte[] context = new byte[64];
        return BestOf(() =>
        {
            for (int i = 0; i < Calls; i++)
                program.Run(context);
        });
    }

    private static double CallTime(PacketMatcher matcher)
    {
        byte[] packet = new byte[64];
        return BestOf(() =>
        {
            for (int i = 0; i < Calls; i++)
                matcher.Matches(packet);
        });
    }

    private static double BestOf(Action run)
    {
        double best = double.MaxValue;
        for (int round = 0; round < 7; round++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls);
        }
        return best;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
