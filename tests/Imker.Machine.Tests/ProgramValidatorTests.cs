using Imker.Bytecode;
using Imker.Diagnostics;
using static Imker.Bytecode.Register;

namespace Imker.Machine.Tests;

/// <summary>Programs that are refused before a step of them runs, with the slot and the instruction.</summary>
public sealed class ProgramValidatorTests
{
    public static TheoryData<Instruction[], string, string> Malformed => new()
    {
        { [], MachineDiagnosticId.BadLength, "the program 'test' has 0 instructions" },
        { [Instruction.Jump(4), Instruction.Exit], MachineDiagnosticId.BadJump, "slot 0 of 'test' (goto pc+4): the jump leads outside of the program or into a wide load" },
        { [Instruction.Jump(1), Instruction.LoadImm64(R0, 1), Instruction.Exit], MachineDiagnosticId.BadJump, "into a wide load" },
        { [Instruction.JumpIf(JumpCondition.Equal, R0, 0, -3), Instruction.Exit], MachineDiagnosticId.BadJump, "slot 0 of 'test' (if r0 == 0x0 goto pc-3)" },
        { [Instruction.JumpLong(int.MaxValue), Instruction.Exit], MachineDiagnosticId.BadJump, "outside of the program" },
        { [Instruction.CallFunction(1), Instruction.Jump(1), Instruction.Exit, Instruction.Exit], MachineDiagnosticId.BadJump, "leads out of the function 'test'" },
        { [Instruction.LoadImm64(R0, 1)], MachineDiagnosticId.FallsOffTheEnd, "slot 0 of 'test' (r0 = 0x1 ll): the function 'test' goes on behind its last instruction" },
        { [Instruction.CallFunction(1), Instruction.Mov(R0, 0), Instruction.Exit], MachineDiagnosticId.FallsOffTheEnd, "slot 1 of 'test'" },
        { [Instruction.CallFunction(9), Instruction.Exit], MachineDiagnosticId.BadCall, "there is no function at slot 10" },
        { [Instruction.CallFunction(-5), Instruction.Exit], MachineDiagnosticId.BadCall, "there is no function at slot -4" },
        { [Instruction.CallHelper(9), Instruction.Exit], MachineDiagnosticId.NoHelper, "the machine has no helper 9 (bpf_skb_store_bytes)" },
        { [Instruction.CallHelper(4711), Instruction.Exit], MachineDiagnosticId.NoHelper, "the machine has no helper 4711" },
        { [Instruction.CallKfunc(5), Instruction.Exit], MachineDiagnosticId.NeedsKernel, "functions of the kernel are only in the kernel" },
        { [Instruction.LoadMapFd(R1, 3), Instruction.Exit], MachineDiagnosticId.NeedsKernel, "a number that only the kernel knows" },
        { [Instruction.Mov(R10, 0), Instruction.Exit], MachineDiagnosticId.FramePointerWritten, "the frame pointer can only be read" },
        { [Instruction.Load(MemorySize.Byte, R10, R1, 0), Instruction.Exit], MachineDiagnosticId.FramePointerWritten, "the frame pointer can only be read" },
        { [Instruction.Atomic(AtomicOperation.FetchAdd, MemorySize.Word, R1, 0, R10), Instruction.Exit], MachineDiagnosticId.FramePointerWritten, "only be read" },
        { [Instruction.Raw(0xff, 0, 0, 0, 0), Instruction.Exit], MachineDiagnosticId.NoInstruction, "this is no instruction" },
        { [Instruction.Raw(0xbf, 1, 2, 1, 1), Instruction.Exit], MachineDiagnosticId.NeedsKernel, "address spaces are only in the kernel" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_program_is_refused(Instruction[] instructions, string id, string message)
    {
        Diagnostic finding = Assert.Single(Run.Refusal([.. instructions]));
        Assert.Equal(id, finding.Id);
        Assert.Contains(message, finding.Message);
    }

    [Fact]
    public void Every_finding_is_told_at_once() =>
        Assert.Equal(3, Run.Refusal(Instruction.Jump(9), Instruction.Mov(R10, 1), Instruction.CallHelper(4711), Instruction.Exit).Length);

    [Fact]
    public void Whatever_bytes_a_program_has_it_is_refused_or_run_to_an_end()
    {
        var random = new Random(1);
        byte[] bytes = new byte[64], memory = new byte[16];
        int loaded = 0;
        for (int i = 0; i < 200_000; i++)
        {
            random.NextBytes(bytes);
            if (i % 2 == 0)
                WriteInstructions(bytes, random);
            if (!InstructionDecoder.TryDecode(bytes, out Code? code, out _))
                continue;
            try
            {
                Run.Interpreting.LoadProgram("test", code).Run(new MachineRun { Context = memory, Budget = 1000 });
                loaded++;
            }
            catch (DiagnosticException)
            {
                // Refused, which is right too.
            }
        }
        Assert.True(loaded > 100, $"only {loaded} programs ran");
    }

    private static void WriteInstructions(Span<byte> bytes, Random random)
    {
        for (int at = 0; at + 16 < bytes.Length;)
        {
            InstructionForm form = InstructionForms.All[random.Next(InstructionForms.All.Length)];
            if (!form.NamesReference)
                at += InstructionEncoder.Encode(form.Create((Register)random.Next(10), (Register)random.Next(10), (short)random.Next(4), random.Next(8)), bytes[at..]);
        }
        bytes[^16..].Clear();
        bytes[^16] = bytes[^8] = 0x95;
    }
}
