using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Machine.Tests;

public sealed class ProgramValidatorTests
{
    [Fact]
    public void A_jump_out_of_the_program_is_refused_with_its_slot_and_text()
    {
        Diagnostic finding = Assert.Single(Refuse(Instruction.Jump(4), Instruction.Exit));
        Assert.Equal("slot 0 of 'test' (goto pc+4): the jump leads outside of the program or into a wide load", finding.Message);
    }

    [Fact]
    public void A_program_that_goes_on_behind_its_last_instruction_is_refused() =>
        Assert.Equal(MachineDiagnosticId.FallsOffTheEnd, Assert.Single(Refuse(Instruction.LoadImm64(Register.R0, 1))).Id);

    private static ImmutableArray<Diagnostic> Refuse(params ImmutableArray<Instruction> instructions)
    {
        Assert.False(ProgramValidator.TryValidate("test", new Code(instructions), new Dictionary<int, MachineHelper>(), new Dictionary<int, string>(), out _, out ImmutableArray<Diagnostic> diagnostics));
        return diagnostics;
    }
}
