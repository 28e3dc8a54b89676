using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Verifier.Tests;

/// <summary>Whatever comes gets a verdict, within the limits.</summary>
public sealed class BadInputTests
{
    private static readonly VerifierTarget Newest = VerifierTarget.ForKernel(VerifierTarget.NewestKernel);

    [Fact]
    public void Garbage_gets_a_verdict()
    {
        for (int seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var instructions = ImmutableArray.CreateBuilder<Instruction>();
            for (int i = random.Next(1, 20); i > 0; i--)
            {
                byte opcode = (byte)random.Next(256);
                long constant = random.Next(4) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(-4, 40);
                instructions.Add(Instruction.Raw(opcode, (byte)random.Next(12), (byte)random.Next(12), (short)random.Next(-8, 8), constant));
            }
            instructions.Add(Instruction.Exit);
            Verify(instructions.ToImmutable(), VerifierLimits.Default with { Instructions = 2_000 });
        }
    }

    [Fact]
    public void A_million_instructions_get_a_verdict()
    {
        ImmutableArray<Instruction> instructions = [Instruction.Mov(Register.R0, 0), .. Enumerable.Repeat(Instruction.Alu(AluOperation.Add, Register.R0, 1), 999_990), Instruction.Exit];
        Verdict verdict = Verify(instructions, VerifierLimits.Default);
        Assert.True(verdict.IsAccepted, verdict.Message);
        Assert.Equal(999_992, verdict.AnalysedInstructions);
        Assert.Equal(VerifierDiagnosticId.TooLarge, Verify([.. instructions, .. instructions], VerifierLimits.Default).Id);
    }

    [Fact]
    public void A_jump_into_a_wide_load_is_refused()
    {
        Verdict verdict = Verify([Instruction.Jump(1), Instruction.LoadImm64(Register.R0, 1), Instruction.Exit], VerifierLimits.Default);
        Assert.Equal(VerifierDiagnosticId.ControlFlow, verdict.Id);
        Assert.Contains("into the middle of the wide load", verdict.Message);
    }

    [Fact]
    public void Calls_in_a_circle_are_refused()
    {
        var call = Instruction.CallFunction(new FunctionReference("again"));
        var again = new FunctionSpec { Name = "again", Instructions = [call, Instruction.Exit] };
        BpfObject source = VerdictTests.ObjectOf([call, Instruction.Exit], again);
        Assert.Equal(VerifierDiagnosticId.StackDepth, ProgramVerifier.Verify(source, source.Programs[0], Newest).Id);
    }

    [Fact]
    public void A_function_that_is_missing_is_refused()
    {
        BpfObject source = VerdictTests.ObjectOf([Instruction.CallFunction(new FunctionReference("nowhere")), Instruction.Exit]);
        Assert.Contains("nowhere", ProgramVerifier.Verify(source, source.Programs[0], Newest).Message);
    }

    [Fact]
    public void Branches_without_end_stay_within_the_limits()
    {
        var builder = new CodeBuilder();
        builder.Emit(Instruction.Mov(Register.R6, 0));
        for (int i = 0; i < 60; i++)
        {
            var over = new Label();
            builder.Emit(Instruction.CallHelper(HelperId.GetPrandomU32));
            builder.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, over));
            builder.Emit(Instruction.Alu(AluOperation.Add, Register.R6, 1 << i % 20));
            builder.Bind(over);
        }
        // The sum is what an address depends on, so that no two paths are alike.
        builder.Emit(Instruction.Mov(Register.R1, Register.R10));
        builder.Emit(Instruction.Alu(AluOperation.Add, Register.R1, Register.R6));
        builder.Emit(Instruction.Load(MemorySize.Byte, Register.R0, Register.R1, -1));
        builder.Emit(Instruction.Exit);
        Verdict verdict = Verify(builder.ToCode().Instructions, VerifierLimits.Default with { Instructions = 200_000 });
        Assert.False(verdict.IsAccepted);
        Assert.InRange(verdict.AnalysedInstructions, 1, 200_001);
    }

    [Fact]
    public void Types_that_lie_get_a_verdict()
    {
        byte[] btf = Corpus.ReadObject("locks");
        BpfObject honest = BpfObjectReader.Read(btf, "locks");
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            byte[] lying = honest.Btf.ToArray();
            for (int i = 0; i < 4; i++)
                lying[random.Next(24, lying.Length)] = (byte)random.Next(256);
            BpfObject source = honest with { Btf = lying };
            foreach (ProgramSpec program in source.Programs)
                ProgramVerifier.Verify(source, program, Newest, VerifierLimits.Default with { Instructions = 5_000 });
        }
    }

    private static Verdict Verify(ImmutableArray<Instruction> instructions, VerifierLimits limits)
    {
        BpfObject source = VerdictTests.ObjectOf(instructions);
        return ProgramVerifier.Verify(source, source.Programs[0], Newest, limits);
    }
}
