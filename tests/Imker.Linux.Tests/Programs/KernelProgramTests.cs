using Imker.Bytecode;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests.Programs;

public sealed class KernelProgramTests
{
    [Fact]
    public void A_program_runs_on_the_packet_it_is_given()
    {
        using KernelProgram program = Assemble.Load(ProgramType.Xdp, null,
            Instruction.Load(MemorySize.Word, R2, R1, 0),
            Instruction.Load(MemorySize.Word, R3, R1, 4),
            Instruction.Mov(R4, R2),
            Instruction.Alu(AluOperation.Add, R4, 1),
            Instruction.Mov(R0, 0),
            Instruction.JumpIf(JumpCondition.Greater, R4, R3, 1),
            Instruction.Load(MemorySize.Byte, R0, R2, 0),
            Instruction.Exit);
        byte[] packet = new byte[64], left = new byte[64];
        packet[0] = 42;
        TestRunResult result = program.Run(new TestRun { Data = packet, DataOut = left, Repeat = 1 });
        Assert.Equal(42u, result.ReturnValue);
        Assert.Equal(64, result.DataLength);
        Assert.Equal(packet, left);
    }

    [Fact]
    public void A_raw_tracepoint_program_runs_on_the_arguments_and_the_CPU_it_is_given()
    {
        using KernelMap seen = Assemble.NewArray();
        using KernelProgram program = Assemble.Load(ProgramType.RawTracepoint, null,
            Instruction.Load(MemorySize.DoubleWord, R6, R1, 8),
            Instruction.CallHelper(HelperId.GetSmpProcessorId),
            Instruction.Alu(AluOperation.ShiftLeft, R0, 32),
            Instruction.Alu(AluOperation.Add, R6, R0),
            Instruction.LoadMapValue(R1, Assemble.Number(seen), 0),
            Instruction.Store(MemorySize.DoubleWord, R1, 0, R6),
            Instruction.Mov(R0, 0),
            Instruction.Exit);
        int cpu = Cpus.ReadOnline()[^1];
        byte[] context = new byte[16];
        BitConverter.TryWriteBytes(context.AsSpan(8), 1234UL);
        program.Run(new TestRun { Context = context, Cpu = cpu });
        Assert.Equal(((ulong)cpu << 32) + 1234, Assemble.ReadCount(seen));
    }

    [Fact]
    public void A_refused_program_comes_with_the_verifier_s_last_word_and_its_log()
    {
        VerifierException e = Assert.Throws<VerifierException>(
            () => Assemble.Load(ProgramType.SocketFilter, null, Instruction.Mov(R0, R7), Instruction.Exit));
        Assert.Equal("cannot load program 'test': the kernel's verifier refuses it: R7 !read_ok (EACCES)", e.Message);
        Assert.Equal(0, VerifierLog.LastInstruction(e.Log));
    }

    [Fact]
    public void What_the_kernel_refuses_to_everybody_is_no_missing_capability()
    {
        if (TestKit.KnownKernels.Has(TestKit.KnownKernels.Running, "fentry") != false)
            Assert.Skip("this kernel lets fentry programs in");
        BpfException e = Assert.Throws<BpfException>(
            () => Assemble.Load(ProgramType.Tracing, AttachType.TraceFentry, Instruction.Mov(R0, 0), Instruction.Exit));
        Assert.StartsWith("cannot load program 'test' (Tracing): operation not permitted (BPF_PROG_LOAD: EPERM); "
            + "refused: no capability is missing: this kernel refuses it by policy or build", e.Message, StringComparison.Ordinal);
        // Without securityfs nobody can tell whether it is lockdown.
        Assert.Contains(KernelPolicy.Lockdown is { } level ? $"lockdown is at '{level}'" : "mount -t securityfs", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_longer_than_the_first_buffer_still_ends_with_the_refusal()
    {
        // 20,000 instructions, each a line of the log, then one that is wrong.
        var instructions = new List<Instruction> { Instruction.Mov(R0, 0) };
        for (int i = 0; i < 20_000; i++)
            instructions.Add(Instruction.Alu(AluOperation.Add, R0, 1));
        instructions.Add(Instruction.Load(MemorySize.DoubleWord, R1, R9, 0));
        instructions.Add(Instruction.Exit);
        VerifierException e = Assert.Throws<VerifierException>(
            () => Assemble.Load(ProgramType.SocketFilter, null, [.. instructions]));
        Assert.Equal("R9 !read_ok", VerifierLog.LastWord(e.Log));
        Assert.True(e.Log.Length > 64 << 10);
    }

    [Fact]
    public void A_loop_of_more_rounds_than_the_verifier_walks_is_said_to_be_one()
    {
        VerifierException e = Assert.Throws<VerifierException>(() => Assemble.Load(
            ProgramType.SocketFilter,
            null,
            Instruction.Mov(R0, 0),
            Instruction.Alu(AluOperation.Add, R0, 1),
            Instruction.JumpIf(JumpCondition.Less, R0, 2_000_000, -2),
            Instruction.Exit));
        Assert.Equal("E2BIG", e.Error.Name);
        Assert.Contains("a loop has too many rounds", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_without_test_run_says_so_by_a_name_that_no_C_library_has()
    {
        using KernelProgram program = Assemble.Load(ProgramType.Kprobe, null, Instruction.Mov(R0, 0), Instruction.Exit);
        BpfException e = Assert.Throws<BpfException>(() => program.Run(new TestRun()));
        Assert.Equal("ENOTSUPP", e.Error.Name);
    }

    [Fact]
    public void Runs_are_counted_while_statistics_are_on()
    {
        using KernelProgram program = Assemble.Load(ProgramType.SocketFilter, null, Instruction.Mov(R0, 1), Instruction.Exit);
        using RunStatistics statistics = RunStatistics.Enable();
        program.Run(new TestRun { Data = new byte[64], Repeat = 25 });
        ProgramInfo info = program.GetInfo();
        Assert.Equal(25UL, info.RunCount);
        Assert.True(info.RunTime > TimeSpan.Zero);
        Assert.Equal(("test", ProgramType.SocketFilter, 16), (info.Name, info.Type, info.TranslatedLength));
        Assert.True(info.JitedLength > 0);
    }

    [Fact]
    public void The_code_comes_back_as_the_verifier_left_it()
    {
        using KernelProgram program = Assemble.Load(ProgramType.SocketFilter, null, Instruction.Mov(R0, 1), Instruction.Exit);
        Assert.Equal(
            InstructionEncoder.Encode(new Code([Instruction.Mov(R0, 1), Instruction.Exit])), program.ReadTranslatedCode());
    }

    [Fact]
    public void Type_information_that_is_none_is_refused_with_the_kernel_s_words()
    {
        BpfException e = Assert.Throws<BpfException>(() => BtfHandle.Load(new byte[24]));
        Assert.Equal(Errno.Invalid, e.Error);
        Assert.Contains("the kernel says: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Type_information_with_one_integer_is_taken()
    {
        using BtfHandle handle = BtfHandle.Load(OneInteger());
        using KernelMap map = KernelMap.Create(new MapParameters(MapType.Hash, 4, 4, 1)
        {
            Name = "typed", Btf = handle, BtfKeyType = 1, BtfValueType = 1,
        });
        Assert.NotEqual(0u, map.GetInfo().BtfId);
    }

    // Header of 24 bytes, INT "int" of 32 bits signed, strings "\0int\0" (kernel documentation, bpf/btf).
    private static byte[] OneInteger()
    {
        uint[] words = [0x0001eb9f, 24, 0, 16, 16, 5, 1, 0x01000000, 4, 0x01000020];
        byte[] btf = new byte[words.Length * 4 + 5];
        Buffer.BlockCopy(words, 0, btf, 0, words.Length * 4);
        "\0int\0"u8.CopyTo(btf.AsSpan(words.Length * 4));
        return btf;
    }
}
