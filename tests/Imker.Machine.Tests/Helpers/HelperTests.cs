using System.Text;
using Imker.Bytecode;
using Imker.Objects;
using static Imker.Bytecode.Register;

namespace Imker.Machine.Tests;

/// <summary>What the kernel's helpers do in the machine. Memory that programs work on is their context.</summary>
public sealed class HelperTests
{
    private readonly List<string> printed = [];
    private readonly BpfMachine machine;

    public HelperTests() => machine = new BpfMachine(new MachineOptions
    {
        Mode = ExecutionMode.Interpreted, Print = printed.Add,
        Stack = frames =>
        {
            frames[0] = 0x1111;
            frames[1] = 0x2222;
            return 2;
        },
        Helpers =
        [
            HostHelper.Create(HostHelper.FirstNumber, "add", (a, b) => a + b),
            HostHelper.Create(HostHelper.FirstNumber + 1, "sum", [HostArgument.Input, HostArgument.Length], call =>
            {
                ulong sum = 0;
                foreach (byte b in call.Input(0))
                    sum += b;
                return sum;
            }),
            HostHelper.Create(HostHelper.FirstNumber + 2, "fail", () => throw new InvalidOperationException("out of order")),
        ],
    });

    [Theory]
    [InlineData("1234;", 0, 1234, 4)]
    [InlineData("  -17 ", 0, -17, 5)]
    [InlineData("0x1f", 0, 31, 4)]
    [InlineData("017", 0, 15, 3)]
    [InlineData("ff", 16, 255, 2)]
    [InlineData("zz", 0, 0, -22)]
    [InlineData("9223372036854775808", 10, 0, -34)]
    [InlineData("12", 3, 0, -22)]
    public void A_number_is_parsed(string text, int numberBase, long expected, long result)
    {
        byte[] context = [.. new byte[8], .. Encoding.ASCII.GetBytes(text)];
        Assert.Equal(result, Call(HelperId.Strtol, context,
            At(R1, 8), Instruction.Mov(R2, text.Length), Instruction.Mov(R3, numberBase), At(R4, 0)));
        Assert.Equal(expected, BitConverter.ToInt64(context));
    }

    [Theory]
    [InlineData("%d %u %x", "-1 4294967295 ffffffff")]
    [InlineData("%lld|%5lld|%-5lld|%05lld", "-1|   -1|-1   |000-1")]
    [InlineData("%s!", "name!")]
    [InlineData("100%%", "100%")]
    [InlineData("%pI4", "110.97.109.101")]
    public void Text_is_formatted(string format, string expected)
    {
        byte[] context = new byte[256];
        "name\0"u8.CopyTo(context.AsSpan(64));
        Encoding.ASCII.GetBytes(format).CopyTo(context, 128);
        bool isAddress = format.Contains('s', StringComparison.Ordinal) || format.Contains("pI4", StringComparison.Ordinal);
        List<Instruction> arguments = [];
        for (int i = 0; i < 4; i++)
        {
            arguments.AddRange(isAddress ? [Instruction.Mov(R2, R6), Instruction.Alu(AluOperation.Add, R2, 64)] : [Instruction.Mov(R2, -1)]);
            arguments.Add(Instruction.Store(MemorySize.DoubleWord, R10, (short)(-32 + 8 * i), R2));
        }
        long length = Call(HelperId.Snprintf, context,
            arguments.ToArray(), At(R1, 0), Instruction.Mov(R2, 64), At(R3, 128),
            Instruction.Mov(R4, R10), Instruction.Alu(AluOperation.Add, R4, -32), Instruction.Mov(R5, 32));
        Assert.Equal(expected, Encoding.ASCII.GetString(context.AsSpan(0, context.AsSpan().IndexOf((byte)0))));
        Assert.Equal(expected.Length + 1, length);
    }

    [Fact]
    public void A_line_is_printed_for_the_host()
    {
        byte[] context = Encoding.ASCII.GetBytes("n=%d\n\0");
        Assert.Equal(5, Call(HelperId.TracePrintk, context, At(R1, 0), Instruction.Mov(R2, context.Length), Instruction.Mov(R3, 42)));
        Assert.Equal(["n=42"], printed);
    }

    [Theory]
    [InlineData("abc\0", "abc\0", 0)]
    [InlineData("abc\0", "abd\0", -1)]
    [InlineData("b\0\0\0", "abd\0", 1)]
    public void Strings_are_compared(string first, string second, long expected) => Assert.Equal(expected,
        Call(HelperId.Strncmp, Encoding.ASCII.GetBytes(first + second), At(R1, 0), Instruction.Mov(R2, 4), At(R3, 4)));

    [Fact]
    public void Memory_that_is_not_the_program_s_is_an_error_of_probe_read_not_a_fault()
    {
        byte[] context = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(0, Call(HelperId.ProbeReadKernel, context, At(R1, 0), Instruction.Mov(R2, 4), At(R3, 4)));
        Assert.Equal([5, 6, 7, 8], context[..4]);
        Assert.Equal(-14, Call(HelperId.ProbeReadKernel, context, At(R1, 0), Instruction.Mov(R2, 4), At(R3, 6)));
        Assert.Equal([0, 0, 0, 0], context[..4]);
    }

    [Fact]
    public void A_string_is_read_up_to_its_end()
    {
        byte[] context = [9, 9, 9, 9, (byte)'h', (byte)'i', 0, 9];
        Assert.Equal(3, Call(HelperId.ProbeReadKernelStr, context, At(R1, 0), Instruction.Mov(R2, 4), At(R3, 4)));
        Assert.Equal("hi\0"u8.ToArray(), context[..3]);
    }

    [Fact]
    public void A_checksum_changes_by_what_comes_and_goes() => Assert.Equal(0x0202L - 0x0101,
        Call(HelperId.CsumDiff, [1, 1, 0, 0, 2, 2, 0, 0], At(R1, 0), Instruction.Mov(R2, 4), At(R3, 4), Instruction.Mov(R4, 4), Instruction.Mov(R5, 0)));

    [Fact]
    public void A_loop_calls_its_function_until_that_returns_one()
    {
        MachineProgram program = machine.LoadProgram("test", new Code(
        [
            Instruction.StoreConstant(MemorySize.DoubleWord, R10, -8, 0),
            Instruction.Mov(R1, 100), Instruction.Raw(0x18, 2, (byte)WideLoadKind.Function, 0, 9),
            Instruction.Mov(R3, R10), Instruction.Alu(AluOperation.Add, R3, -8), Instruction.Mov(R4, 0),
            Instruction.CallHelper(HelperId.Loop),
            Instruction.Load(MemorySize.DoubleWord, R1, R10, -8), Instruction.Alu(AluOperation.ShiftLeft, R0, 16), Instruction.Alu(AluOperation.Or, R0, R1),
            Instruction.Exit,
            Instruction.Load(MemorySize.DoubleWord, R3, R2, 0), Instruction.Alu(AluOperation.Add, R3, R1), Instruction.Store(MemorySize.DoubleWord, R2, 0, R3),
            Instruction.Mov(R0, 0), Instruction.JumpIf(JumpCondition.Less, R1, 9, 1), Instruction.Mov(R0, 1), Instruction.Exit,
        ]));
        Assert.Equal((10UL << 16) | 45, Run.Of(program));
    }

    [Fact]
    public void Each_element_of_a_map_is_shown_to_a_function()
    {
        Instruction[] entry =
        [
            Instruction.StoreConstant(MemorySize.DoubleWord, R10, -8, 0),
            Instruction.LoadMap(R1, new MapReference("map")), Instruction.LoadFunction(R2, new FunctionReference("add")),
            Instruction.Mov(R3, R10), Instruction.Alu(AluOperation.Add, R3, -8), Instruction.Mov(R4, 0), Instruction.CallHelper(HelperId.ForEachMapElem),
            Instruction.Load(MemorySize.DoubleWord, R1, R10, -8), Instruction.Alu(AluOperation.ShiftLeft, R0, 16), Instruction.Alu(AluOperation.Or, R0, R1),
            Instruction.Exit,
        ];
        Instruction[] add =
        [
            Instruction.Load(MemorySize.Word, R1, R2, 0), Instruction.Load(MemorySize.DoubleWord, R2, R3, 0), Instruction.Alu(AluOperation.Mul, R1, R2),
            Instruction.Load(MemorySize.DoubleWord, R2, R4, 0), Instruction.Alu(AluOperation.Add, R2, R1), Instruction.Store(MemorySize.DoubleWord, R4, 0, R2),
            Instruction.Mov(R0, 0), Instruction.Exit,
        ];
        using MachineInstance loaded = machine.Load(Object(MapType.Hash, entry) with
        {
            Functions = [new FunctionSpec { Name = "add", Instructions = [.. add] }],
        });
        for (int key = 1; key <= 4; key++)
            loaded.Maps["map"].TryUpdate(BitConverter.GetBytes(key), BitConverter.GetBytes((long)key * 10));
        Assert.Equal((4UL << 16) | (10 + 40 + 90 + 160), Run.Of(loaded.Programs["test"]));
    }

    [Fact]
    public void A_stack_is_recorded_once_and_read_by_its_number()
    {
        using MachineInstance loaded = machine.Load(Object(MapType.StackTrace,
            [Instruction.LoadMap(R2, new MapReference("map")), Instruction.Mov(R3, 0), Instruction.CallHelper(HelperId.GetStackid), Instruction.Exit]));
        ulong id = Run.Of(loaded.Programs["test"]);
        Assert.Equal(id, Run.Of(loaded.Programs["test"]));
        byte[] value = new byte[16];
        Assert.True(loaded.Maps["map"].TryLookup(BitConverter.GetBytes((uint)id), value));
        Assert.Equal((0x1111L, 0x2222L), (BitConverter.ToInt64(value), BitConverter.ToInt64(value.AsSpan(8))));
    }

    [Fact]
    public void A_dynptr_reads_writes_and_gives_out_slices_within_its_bounds()
    {
        byte[] context = [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0];
        Instruction[] pointer = [Instruction.Mov(R9, R10), Instruction.Alu(AluOperation.Add, R9, -16)];
        MachineProgram program = machine.LoadProgram("test", new Code(
        [
            Instruction.Mov(R6, R1), .. pointer,
            Instruction.Mov(R2, 8), Instruction.Mov(R3, 0), Instruction.Mov(R4, R9), Instruction.CallHelper(HelperId.DynptrFromMem),
            Instruction.Mov(R1, R6), Instruction.Alu(AluOperation.Add, R1, 8), Instruction.Mov(R2, 4), Instruction.Mov(R3, R9), Instruction.Mov(R4, 4), Instruction.Mov(R5, 0),
            Instruction.CallHelper(HelperId.DynptrRead),
            Instruction.Mov(R1, R9), Instruction.Mov(R2, 6), Instruction.Mov(R3, 4), Instruction.CallHelper(HelperId.DynptrData),
            Instruction.Mov(R7, R0),
            Instruction.Mov(R1, R9), Instruction.Mov(R2, 6), Instruction.Mov(R3, R6), Instruction.Mov(R4, 4), Instruction.Mov(R5, 0), Instruction.CallHelper(HelperId.DynptrWrite),
            Instruction.JumpIf(JumpCondition.Equal, R7, 0, 1), Instruction.Mov(R0, 99), Instruction.Exit,
        ]));
        Assert.Equal(-7, (long)Run.Of(program, context));
        Assert.Equal([5, 6, 7, 8], context[8..12]);
    }

    [Fact]
    public void A_lock_is_held_once_and_given_back_by_a_fault()
    {
        Instruction[] value =
        [
            Instruction.StoreConstant(MemorySize.Word, R10, -4, 0), Instruction.LoadMap(R1, new MapReference("map")), Instruction.Mov(R2, R10),
            Instruction.Alu(AluOperation.Add, R2, -4), Instruction.CallHelper(HelperId.MapLookupElem), Instruction.Mov(R6, R0),
        ];
        using MachineInstance loaded = machine.Load(Object(MapType.Array,
            [.. value, Instruction.Mov(R1, R6), Instruction.CallHelper(HelperId.SpinLock), Instruction.Mov(R1, R6), Instruction.CallHelper(HelperId.SpinLock), Instruction.Exit]));
        // Twice: the first fault must not leave it locked for the second run.
        for (int i = 0; i < 2; i++)
            Assert.Equal(FaultKind.BadArgument, loaded.Programs["test"].Run([]).Fault?.Kind);
        byte[] left = new byte[16];
        Assert.True(loaded.Maps["map"].TryLookup(new byte[4], left));
        Assert.Equal(0, BitConverter.ToInt32(left));
    }

    [Fact]
    public void A_helper_of_the_host_is_called_with_what_it_asked_for()
    {
        Assert.Equal(42, Call((HelperId)HostHelper.FirstNumber, [], Instruction.Mov(R1, 40), Instruction.Mov(R2, 2)));
        Assert.Equal(6, Call((HelperId)(HostHelper.FirstNumber + 1), [1, 2, 3], At(R1, 0), Instruction.Mov(R2, 3)));
    }

    [Fact]
    public void A_helper_of_the_host_gets_no_memory_that_is_not_the_program_s_and_what_it_throws_is_a_fault()
    {
        Assert.Equal(FaultKind.BadAccess, Start((HelperId)(HostHelper.FirstNumber + 1), [1, 2, 3], At(R1, 0), Instruction.Mov(R2, 4)).Fault?.Kind);
        ProgramFault? fault = Start((HelperId)(HostHelper.FirstNumber + 2), []).Fault;
        Assert.Equal(FaultKind.HelperFailed, fault?.Kind);
        Assert.Contains("the helper failed: out of order", fault!.ToString());
    }

    [Fact]
    public void Time_goes_on_and_the_process_is_this_one()
    {
        long before = Call(HelperId.KtimeGetNs, []), after = Call(HelperId.KtimeGetNs, []);
        Assert.True(before > 0 && after >= before);
        Assert.Equal(Environment.ProcessId, (int)(Call(HelperId.GetCurrentPidTgid, []) >> 32));
    }

    private long Call(HelperId helper, byte[] context, params Arguments[] arguments)
    {
        RunResult result = Start(helper, context, arguments);
        Assert.True(result.Fault is null, result.Fault?.ToString());
        return (long)result.ReturnValue;
    }

    private RunResult Start(HelperId helper, byte[] context, params Arguments[] arguments) => machine.LoadProgram("test", new Code(
        [Instruction.Mov(R6, R1), .. arguments.SelectMany(a => a.Instructions), Instruction.CallHelper(helper), Instruction.Exit])).Run(context);

    private static Arguments At(Register register, int offset) => new([Instruction.Mov(register, R6), Instruction.Alu(AluOperation.Add, register, offset)]);

    private static BpfObject Object(MapType type, Instruction[] entry) => new()
    {
        Name = "test",
        Maps = [new MapSpec { Name = "map", Type = type, KeySize = 4, ValueSize = type == MapType.Hash ? 8 : 16, MaxEntries = 8 }],
        Programs = [new ProgramSpec { Name = "test", Type = ProgramType.Unspecified, Entry = new FunctionSpec { Name = "test", Instructions = [.. entry] } }],
    };

    /// <summary>The instructions that set arguments.</summary>
    private readonly record struct Arguments(Instruction[] Instructions)
    {
        public static implicit operator Arguments(Instruction instruction) => new([instruction]);

        public static implicit operator Arguments(Instruction[] instructions) => new(instructions);
    }
}
