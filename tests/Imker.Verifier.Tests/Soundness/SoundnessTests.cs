using Imker.Bytecode;
using Imker.Machine;
using Imker.Objects;

namespace Imker.Verifier.Tests.Soundness;

/// <summary>What is accepted for the machine never faults there: every access of the interpreter is checked, whatever the input.</summary>
public sealed class SoundnessTests
{
    // A long run asks for more: IMKER_FUZZ_PROGRAMS=10000000.
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("IMKER_FUZZ_PROGRAMS"), out int count) ? count : 5_000;

    private static readonly int FirstSeed = int.TryParse(Environment.GetEnvironmentVariable("IMKER_FUZZ_SEED"), out int seed) ? seed : 0;

    // Most programs take some hundred steps; those that take more are refused, which costs nothing here.
    private static readonly VerifierLimits Limits = VerifierLimits.Default with { Instructions = 5_000 };

    [Fact]
    public void No_accepted_program_faults()
    {
        var machine = new BpfMachine(new MachineOptions { Mode = ExecutionMode.Interpreted, Budget = 10_000_000 });
        int accepted = 0;
        for (int seed = FirstSeed; seed < FirstSeed + Count; seed++)
        {
            BpfObject source = PlausibleProgram.Make(seed);
            if (!ProgramVerifier.Verify(source, source.Programs[0], VerifierTarget.Machine, Limits).IsAccepted)
                continue;
            accepted++;
            CheckRuns(machine, source, seed);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} of {Count} programs are accepted");
        Assert.InRange(accepted, Count / 50, Count);
    }

    private static void CheckRuns(BpfMachine machine, BpfObject source, int seed)
    {
        using MachineInstance instance = machine.Load(source);
        MachineProgram program = instance.Programs["main"];
        var random = new Random(seed);
        byte[] output = new byte[256];
        for (int run = 0; run < 8; run++)
        {
            byte[] packet = new byte[random.Next(14, 80)];
            random.NextBytes(packet);
            if (run % 2 == 0)
                packet.AsSpan().Fill((byte)(run % 4 == 0 ? 0xff : 0));
            FillMaps(instance, random);
            RunResult result = program.RunPacket(packet, output);
            if (result.Fault is { } fault)
                Assert.Fail($"seed {seed}: {fault}\n{string.Join('\n', source.Programs[0].Entry.Instructions.Select((instruction, i) => $"{i}: {Disassembler.Format(instruction)}"))}");
        }
    }

    private static void FillMaps(MachineInstance instance, Random random)
    {
        Span<byte> value = stackalloc byte[48];
        for (int i = 0; i < 8; i++)
        {
            if (random.Next(2) == 0)
                random.NextBytes(value);
            else
                value.Fill((byte)(random.Next(2) == 0 ? 0xff : 0));
            if (i < 4)
                instance.Maps["array"].TryUpdate(BitConverter.GetBytes(i), value);
            instance.Maps["hash"].TryUpdate(BitConverter.GetBytes((long)i), value[..32]);
        }
    }
}
