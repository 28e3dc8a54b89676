using System.Globalization;
using Imker.Bytecode;
using Imker.Machine.Tests.Jit;
using Imker.TestKit;

namespace Imker.Machine.Tests;

/// <summary>
/// Every instruction and its edges: <c>testdata/instructions.txt</c> holds programs with what they return, or with a part of the fault
/// that ends them; the tables beside it what arithmetic and conditions give. Each runs in every engine; those
/// that fault or are <c>unverified</c> not without checks.
/// </summary>
public sealed class InstructionTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases() =>
        Golden.Read("instructions.txt").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => new TheoryDataRow<string>(text.Trim()));

    public static IEnumerable<TheoryDataRow<string, ulong, ulong, ulong, ulong>> Arithmetic() => Table("arithmetic.tsv");

    public static IEnumerable<TheoryDataRow<string, ulong, ulong, ulong, ulong>> Conditions() => Table("conditions.tsv");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_program_returns_or_faults_as_written(string text)
    {
        string[] lines = text.Split('\n');
        string expected = lines[^1];
        byte[] memory = [];
        List<string> code = [];
        bool isTakenByVerifiers = true;
        foreach (string line in lines[1..^1])
        {
            if (line == "unverified")
                isTakenByVerifiers = false;
            else if (line.StartsWith("memory ", StringComparison.Ordinal))
                memory = Convert.FromHexString(line["memory ".Length..].Replace(" ", "", StringComparison.Ordinal));
            else
                code.Add(line);
        }
        bool isFault = expected.StartsWith("! ", StringComparison.Ordinal);
        foreach (BpfMachine machine in isFault || !isTakenByVerifiers ? Engines.WithChecks : Engines.All)
        {
            // Each run is given the memory as it is written.
            RunResult result = machine.LoadProgram("test", Assembler.Parse(string.Join('\n', code) + "\nexit\n")).Run(memory.AsSpan().ToArray());
            if (isFault)
                Assert.Contains(expected[2..], result.Fault?.ToString());
            else
                Assert.Equal(expected, result.Fault?.ToString() ?? "= " + result.ReturnValue.ToString("x", CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [MemberData(nameof(Arithmetic))]
    public void Arithmetic_gives(string operation, ulong a, ulong b, ulong wide, ulong narrow)
    {
        AluOperation alu = Enum.Parse<AluOperation>(operation);
        Assert.Equal(wide, Compute(a, b, Instruction.Alu(alu, Register.R0, Register.R1)));
        Assert.Equal(narrow, Compute(a, b, Instruction.Alu32(alu, Register.R0, Register.R1)));
        if ((long)b != (int)b)
            return;
        Assert.Equal(wide, Compute(a, 0, Instruction.Alu(alu, Register.R0, (int)b)));
        Assert.Equal(narrow, Compute(a, 0, Instruction.Alu32(alu, Register.R0, (int)b)));
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_holds(string condition, ulong a, ulong b, ulong wide, ulong narrow)
    {
        JumpCondition jump = Enum.Parse<JumpCondition>(condition);
        Assert.Equal(wide, Ask(a, b, Instruction.JumpIf(jump, Register.R2, Register.R1, 1)));
        Assert.Equal(narrow, Ask(a, b, Instruction.JumpIf32(jump, Register.R2, Register.R1, 1)));
        if ((long)b != (int)b)
            return;
        Assert.Equal(wide, Ask(a, 0, Instruction.JumpIf(jump, Register.R2, (int)b, 1)));
        Assert.Equal(narrow, Ask(a, 0, Instruction.JumpIf32(jump, Register.R2, (int)b, 1)));
    }

    private static ulong Compute(ulong a, ulong b, Instruction instruction) => Engines.Run(
        Instruction.LoadImm64(Register.R0, (long)a), Instruction.LoadImm64(Register.R1, (long)b), instruction, Instruction.Exit);

    private static ulong Ask(ulong a, ulong b, Instruction jump) => Engines.Run(
        Instruction.LoadImm64(Register.R2, (long)a), Instruction.LoadImm64(Register.R1, (long)b), Instruction.Mov(Register.R0, 1),
        jump, Instruction.Mov(Register.R0, 0), Instruction.Exit);

    private static IEnumerable<TheoryDataRow<string, ulong, ulong, ulong, ulong>> Table(string name) =>
        from line in Golden.Read(name).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        where !line.StartsWith('#')
        let cells = line.Split('\t')
        select new TheoryDataRow<string, ulong, ulong, ulong, ulong>(cells[0], Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]));

    private static ulong Number(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToUInt64(text, 16) : ulong.Parse(text, CultureInfo.InvariantCulture);
}
