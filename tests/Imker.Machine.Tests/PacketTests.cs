using Imker.Bytecode;
using Imker.Linux;
using Imker.Objects;
using static Imker.Bytecode.Register;

namespace Imker.Machine.Tests;

/// <summary>Programs for packets, on the context that the kernel gives them; the kernel's test run is the measure.</summary>
public sealed class PacketTests
{
    private static readonly byte[] Packet = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];

    [Fact]
    public void A_program_reads_a_packet_between_its_bounds() => AssertAsInKernel(ProgramType.Xdp,
        Instruction.Load(MemorySize.Word, R2, R1, 0), Instruction.Load(MemorySize.Word, R3, R1, 4),
        Instruction.Mov(R4, R2), Instruction.Alu(AluOperation.Add, R4, 14), Instruction.Mov(R0, 0),
        Instruction.JumpIf(JumpCondition.Greater, R4, R3, 1), Instruction.Load(MemorySize.Word, R0, R2, 10), Instruction.Exit);

    [Theory]
    [InlineData(-32)]
    [InlineData(20)]
    [InlineData(51)]
    [InlineData(-217)]
    [InlineData(-216)]
    public void The_head_is_moved_as_far_as_in_the_kernel(int delta) => AssertAsInKernel(ProgramType.Xdp,
        Instruction.Mov(R2, delta), Instruction.CallHelper(HelperId.XdpAdjustHead), Instruction.Exit);

    [Theory]
    [InlineData(-10)]
    [InlineData(-51)]
    [InlineData(100)]
    public void The_tail_is_moved_as_far_as_in_the_kernel(int delta) => AssertAsInKernel(ProgramType.Xdp,
        Instruction.Mov(R2, delta), Instruction.CallHelper(HelperId.XdpAdjustTail), Instruction.Exit);

    [Fact]
    public void A_filter_reads_with_packet_loads() => AssertAsInKernel(ProgramType.SchedCls,
        Instruction.Mov(R6, R1), Instruction.Load(MemorySize.Word, R7, R1, 0), Instruction.LoadAbsolute(MemorySize.Half, 20), Instruction.Alu(AluOperation.Add, R0, R7), Instruction.Exit);

    [Theory]
    [InlineData(ProgramType.Xdp)]
    [InlineData(ProgramType.Unspecified)]
    public void Repeated_runs_each_see_what_the_one_before_left(ProgramType type)
    {
        Instruction[] find = type == ProgramType.Xdp ? [Instruction.Load(MemorySize.Word, R1, R1, 0)] : [];
        MachineProgram program = Load(type, [.. find,
            Instruction.Load(MemorySize.Byte, R0, R1, 0), Instruction.Alu(AluOperation.Add, R0, 1), Instruction.Store(MemorySize.Byte, R1, 0, R0), Instruction.Exit]);
        Assert.Equal(101UL, program.Repeat(Packet.AsSpan().ToArray(), 100, out TimeSpan elapsed).ReturnValue);
        Assert.True(elapsed > TimeSpan.Zero);
    }

    [Fact]
    public void Behind_the_end_of_a_packet_there_is_nothing()
    {
        RunResult result = Load(ProgramType.Xdp,
            Instruction.Load(MemorySize.Word, R2, R1, 4), Instruction.Load(MemorySize.Byte, R0, R2, 0), Instruction.Exit).RunPacket(Packet);
        Assert.Contains("right behind the packet of 64 bytes", result.Fault?.ToString());
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    public void A_packet_is_redirected_where_there_is_a_device(int key, int expected)
    {
        using MachineInstance loaded = new BpfMachine().Load(new BpfObject
        {
            Name = "test",
            Maps = [new MapSpec { Name = "devices", Type = MapType.Devmap, KeySize = 4, ValueSize = 4, MaxEntries = 4 }],
            Programs = [new ProgramSpec
            {
                Name = "test", Type = ProgramType.Xdp,
                Entry = new FunctionSpec
                {
                    Name = "test",
                    Instructions = [Instruction.LoadMap(R1, new MapReference("devices")), Instruction.Mov(R2, key), Instruction.Mov(R3, 3), Instruction.CallHelper(HelperId.RedirectMap), Instruction.Exit],
                },
            }],
        });
        loaded.Maps["devices"].TryUpdate(BitConverter.GetBytes(1), BitConverter.GetBytes(7));
        Assert.Equal((ulong)expected, loaded.Programs["test"].RunPacket(Packet).ReturnValue);
    }

    private static void AssertAsInKernel(ProgramType type, params Instruction[] instructions)
    {
        using KernelProgram kernel = KernelProgram.Load(new ProgramParameters
        {
            Name = "packet_test", Type = type, Instructions = InstructionEncoder.Encode(new Code([.. instructions])),
        });
        byte[] theirs = new byte[4096], ours = new byte[4096];
        TestRunResult expected = kernel.Run(new TestRun { Data = Packet, DataOut = theirs });
        RunResult actual = Load(type, instructions).RunPacket(Packet, ours);
        Assert.True(actual.Fault is null, actual.Fault?.ToString());
        Assert.Equal(expected.ReturnValue, (uint)actual.ReturnValue);
        Assert.Equal(expected.DataLength, actual.PacketLength);
        Assert.Equal(Convert.ToHexString(theirs.AsSpan(0, expected.DataLength)), Convert.ToHexString(ours.AsSpan(0, actual.PacketLength)));
    }

    private static MachineProgram Load(ProgramType type, params Instruction[] instructions) =>
        Run.Interpreting.LoadProgram("test", new Code([.. instructions]), type);
}
