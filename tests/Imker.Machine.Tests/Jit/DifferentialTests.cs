using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Machine.Tests.Jit;

/// <summary>Random programs, run by everything that can run them.</summary>
public sealed class DifferentialTests
{
    private const int Programs = 10_000, ManyPrograms = 100_000, ManyMemories = 100;
    private const int ContextSize = 64;
    private const long Budget = 20_000;

    [Fact]
    public void Whatever_a_program_does_generated_code_does_as_the_interpreter() => CompareFrom(0, Programs, memories: 2);

    [Fact]
    public void So_it_is_in_ten_million_runs()
    {
        TestKit.Machine.RequireAll();
        CompareFrom(Programs, ManyPrograms, ManyMemories);
    }

    [Fact]
    public void What_the_kernel_takes_every_engine_runs_as_the_kernel_does()
    {
        TestKit.Machine.RequireRoot();
        for (int seed = 0; seed < Programs; seed++)
        {
            Code code = AcceptableProgram.Make(seed);
            uint kernel = RunInKernel(code, seed);
            foreach (BpfMachine machine in Engines.All)
            {
                RunResult result = machine.LoadProgram("random", code).Run([]);
                Assert.True(result.Fault is null && (uint)result.ReturnValue == kernel,
                    $"seed {seed}, {machine.Options.Mode}: {result.Fault?.ToString() ?? $"0x{(uint)result.ReturnValue:x}"} instead of 0x{kernel:x}\n{Disassembler.Format(code)}");
            }
        }
    }

    private static uint RunInKernel(Code code, int seed)
    {
        using KernelProgram program = KernelProgram.Load(new ProgramParameters
        {
            Name = $"random_{seed}",
            Type = ProgramType.SocketFilter,
            Instructions = InstructionEncoder.Encode(code),
        });
        return program.Run(new TestRun { Data = new byte[64] }).ReturnValue;
    }

    private static void CompareFrom(int first, int count, int memories)
    {
        byte[] filled = new byte[ContextSize];
        for (int seed = first; seed < first + count; seed++)
        {
            Code code = RandomProgram.Make(seed);
            MachineProgram reference = Engines.Interpreted.LoadProgram("random", code);
            MachineProgram[] programs = [Engines.Checked.LoadProgram("random", code), Engines.Untrusted.LoadProgram("random", code)];
            var random = new Random(seed);
            for (int memory = 0; memory < memories; memory++)
            {
                random.NextBytes(filled);
                string expected = Outcome(reference, filled);
                foreach (MachineProgram program in programs)
                {
                    string actual = Outcome(program, filled);
                    Assert.True(expected == actual, $"seed {seed}, memory {memory}:\n{actual}\ninstead of\n{expected}\n{Disassembler.Format(code)}");
                }
            }
        }
    }

    private static string Outcome(MachineProgram program, byte[] filled)
    {
        filled.CopyTo(Context, 0);
        RunResult result = program.Run(new MachineRun { Context = Context, Budget = Budget });
        ImmutableArray<ulong> registers = result.Fault?.Registers ?? [];
        return $"r0 0x{result.ReturnValue:x}, {result.Fault?.ToString() ?? "no fault"}, at 0x{result.Fault?.Address:x}, [{string.Join(' ', registers.Select(r => r.ToString("x")))}], {Convert.ToHexString(Context)}";
    }

    // Always the same place, since programs may show addresses.
    private static readonly byte[] Context = GC.AllocateArray<byte>(ContextSize, pinned: true);
}
