using Imker.Bytecode;
using Imker.Objects;
using static Imker.Bytecode.Register;

namespace Imker.Machine.Tests;

public sealed class CallTests
{
    [Fact]
    public void A_function_gets_arguments_returns_and_leaves_R6_to_R9() => Assert.Equal(0x0706UL, Run.Of(Run.Load(
        Instruction.Mov(R6, 6),
        Instruction.Mov(R1, 7),
        Instruction.CallFunction(4),
        Instruction.Alu(AluOperation.ShiftLeft, R0, 8),
        Instruction.Alu(AluOperation.Or, R0, R6),
        Instruction.Exit,
        Instruction.Exit,
        Instruction.Mov(R6, 99),
        Instruction.Mov(R0, R1),
        Instruction.Exit)));

    [Fact]
    public void Each_function_has_a_frame_of_its_own_full_of_zeros() => Assert.Equal(1UL, Run.Of(Run.Load(
        Instruction.StoreConstant(MemorySize.DoubleWord, R10, -8, 1),
        Instruction.CallFunction(3),
        Instruction.CallFunction(2),
        Instruction.Load(MemorySize.DoubleWord, R0, R10, -8),
        Instruction.Exit,
        Instruction.Load(MemorySize.DoubleWord, R1, R10, -8),
        Instruction.JumpIf(JumpCondition.Equal, R1, 0, 2),
        Instruction.StoreConstant(MemorySize.DoubleWord, R1, 0, 0),
        Instruction.Exit,
        Instruction.StoreConstant(MemorySize.DoubleWord, R10, -8, 2),
        Instruction.Exit)));

    [Theory]
    [InlineData(7, null)]
    [InlineData(8, FaultKind.TooDeep)]
    public void Eight_frames_and_no_more_are_there(int calls, FaultKind? expected)
    {
        MachineProgram program = Run.Load(
            Instruction.Mov(R1, calls),
            Instruction.CallFunction(1),
            Instruction.Exit,
            Instruction.Alu(AluOperation.Add, R1, -1),
            Instruction.JumpIf(JumpCondition.Equal, R1, 0, 1),
            Instruction.CallFunction(-3),
            Instruction.Exit);
        Assert.Equal(expected, program.Run([]).Fault?.Kind);
    }

    [Fact]
    public void A_fault_names_the_function_the_slot_and_the_registers()
    {
        ProgramFault fault = Run.Load(
            Instruction.Mov(R1, 0),
            Instruction.CallFunction(1),
            Instruction.Exit,
            Instruction.Mov(R3, 33),
            Instruction.Load(MemorySize.Word, R0, R1, 16),
            Instruction.Exit).Run([]).Fault!;
        Assert.Equal(FaultKind.BadAccess, fault.Kind);
        Assert.Equal("function_3", fault.Function);
        Assert.Equal(4, fault.Slot);
        Assert.Equal(16UL, fault.Address);
        Assert.Equal(4, fault.Size);
        Assert.False(fault.IsWrite);
        Assert.Equal(33UL, fault.Registers[3]);
        Assert.Equal("slot 4 of 'function_3' (r0 = *(u32 *)(r1 +16)): a read of 4 bytes at 0x10, 16 bytes behind a null pointer", fault.ToString());
    }

    [Fact]
    public void A_function_is_called_through_a_register() => Assert.Equal(5UL, Run.Of(Run.Load(
        Instruction.Raw(0x18, 2, (byte)WideLoadKind.Function, 0, 4),
        Instruction.Mov(R1, 5),
        Instruction.CallRegister(R2),
        Instruction.Exit,
        Instruction.Mov(R0, R1),
        Instruction.Exit)));

    [Fact]
    public void A_budget_counts_what_loops_and_calls_run()
    {
        MachineProgram program = Run.Load(
            Instruction.Mov(R1, 100),
            Instruction.Alu(AluOperation.Add, R1, -1),
            Instruction.JumpIf(JumpCondition.NotEqual, R1, 0, -2),
            Instruction.Exit);
        Assert.Null(program.Run(new MachineRun { Budget = 198 }).Fault);
        Assert.Equal(FaultKind.OutOfBudget, program.Run(new MachineRun { Budget = 197 }).Fault?.Kind);
    }

    [Fact]
    public void A_tail_call_goes_on_in_another_program_and_an_empty_place_does_not()
    {
        var machine = new BpfMachine(new MachineOptions { Mode = ExecutionMode.Interpreted });
        BpfObject source = ProgramArray(
            Program("first",
                Instruction.LoadMap(R2, new MapReference("programs")),
                Instruction.Mov(R3, 1),
                Instruction.CallHelper(HelperId.TailCall),
                Instruction.Mov(R0, 7),
                Instruction.Exit),
            Program("second", Instruction.Load(MemorySize.Byte, R0, R1, 0), Instruction.Exit));
        using MachineInstance loaded = machine.Load(source);
        Assert.Equal(7UL, Run.Of(loaded.Programs["first"], 42));
        loaded.Maps["programs"].SetProgram(1, loaded.Programs["second"]);
        Assert.Equal(42UL, Run.Of(loaded.Programs["first"], 42));
    }

    [Fact]
    public void Thirty_three_tail_calls_are_made_and_no_more()
    {
        var machine = new BpfMachine(new MachineOptions { Mode = ExecutionMode.Interpreted });
        BpfObject source = ProgramArray(Program("again",
            Instruction.Load(MemorySize.Byte, R4, R1, 0),
            Instruction.Alu(AluOperation.Add, R4, 1),
            Instruction.Store(MemorySize.Byte, R1, 0, R4),
            Instruction.LoadMap(R2, new MapReference("programs")),
            Instruction.Mov(R3, 0),
            Instruction.CallHelper(HelperId.TailCall),
            Instruction.Mov(R0, 0),
            Instruction.Exit));
        using MachineInstance loaded = machine.Load(source);
        loaded.Maps["programs"].SetProgram(0, loaded.Programs["again"]);
        byte[] context = [0];
        Assert.Null(loaded.Programs["again"].Run(context).Fault);
        Assert.Equal(34, context[0]);
    }

    private static ProgramSpec Program(string name, params Instruction[] instructions) => new()
    {
        Name = name, Type = ProgramType.Unspecified, Entry = new FunctionSpec { Name = name, Instructions = [.. instructions] },
    };

    private static BpfObject ProgramArray(params ProgramSpec[] programs) => new()
    {
        Name = "test", Programs = [.. programs],
        Maps = [new MapSpec { Name = "programs", Type = MapType.ProgArray, KeySize = 4, ValueSize = 4, MaxEntries = 4 }],
    };
}
