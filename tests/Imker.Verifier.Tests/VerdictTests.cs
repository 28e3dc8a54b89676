using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Tests;

/// <summary>The commonest mistakes and their nearest right forms, in a few instructions each.</summary>
public sealed class VerdictTests
{
    private const string Exit = "r0 = 0\nexit";
    private const string LoadPacket = "r2 = *(u32 *)(r1 + 0)\nr3 = *(u32 *)(r1 + 4)\n";
    private const string Key = "*(u64 *)(r10 - 8) = 0\nr2 = r10\nr2 += -8\n";

    [Theory]
    [InlineData("a value is returned", "r0 = 2\nexit")]
    [InlineData("a packet byte after its check", LoadPacket + "r4 = r2\nr4 += 14\nif r4 > r3 goto out\nr5 = *(u8 *)(r2 + 13)\nout:\n" + Exit)]
    [InlineData("an index that a mask bounds", "r4 = *(u32 *)(r1 + 12)\nr4 &= 56\nr5 = r10\nr5 += r4\n*(u64 *)(r5 - 64) = 0\n" + Exit)]
    [InlineData("an index that a comparison bounds", "r4 = *(u32 *)(r1 + 12)\nif r4 > 7 goto out\nr4 <<= 3\nr5 = r10\nr5 += r4\n*(u64 *)(r5 - 64) = 0\nout:\n" + Exit)]
    [InlineData("a loop that counts", "r4 = 0\nagain:\nr4 += 1\nif r4 < 100 goto again\n" + Exit)]
    [InlineData("a division by what may be zero", "r4 = *(u32 *)(r1 + 12)\nr0 = 5\nr0 /= r4\nr0 = 0\nexit")]
    public void It_accepts(string what, string text)
    {
        Verdict verdict = Verify(text);
        Assert.True(verdict.IsAccepted, $"{what}: {verdict.Message}");
    }

    [Theory]
    [InlineData(VerifierDiagnosticId.UnsetRegister, "exit", "R0 !read_ok")]
    [InlineData(VerifierDiagnosticId.UnsetRegister, "call 7\nr0 = r3\nexit", "R3 !read_ok")]
    [InlineData(VerifierDiagnosticId.NoPointer, "r4 = 5\nr0 = *(u8 *)(r4 + 0)\nexit", "R4 invalid mem access 'scalar'")]
    [InlineData(VerifierDiagnosticId.PacketRange, LoadPacket + "r0 = *(u8 *)(r2 + 0)\nexit", "nothing proves")]
    [InlineData(VerifierDiagnosticId.PacketRange, LoadPacket + "r4 = r2\nr4 += 14\nif r4 > r3 goto out\nr5 = *(u32 *)(r2 + 12)\nout:\n" + Exit, "only 14 bytes are proven")]
    [InlineData(VerifierDiagnosticId.ContextAccess, "r0 = *(u32 *)(r1 + 24)\nexit", "xdp_md")]
    [InlineData(VerifierDiagnosticId.ContextAccess, "r1 += 4\nr0 = *(u32 *)(r1 + 0)\nexit", "dereference of modified ctx ptr")]
    [InlineData(VerifierDiagnosticId.PointerArithmetic, LoadPacket + "r2 += r3\n" + Exit, "pointer += pointer")]
    [InlineData(VerifierDiagnosticId.PointerArithmetic, "r4 = *(u32 *)(r1 + 12)\nr4 <<= 40\nr5 = r10\nr5 += r4\n" + Exit, "unbounded min value")]
    [InlineData(VerifierDiagnosticId.StackAccess, "*(u64 *)(r10 - 520) = 0\n" + Exit, "off=-520")]
    [InlineData(VerifierDiagnosticId.StackAccess, "*(u64 *)(r10 + 0) = 0\n" + Exit, "off=0")]
    [InlineData(VerifierDiagnosticId.StackAccess, "r4 = *(u32 *)(r1 + 12)\nif r4 > 8 goto out\nr4 <<= 3\nr5 = r10\nr5 += r4\n*(u64 *)(r5 - 64) = 0\nout:\n" + Exit, "variable-offset write")]
    [InlineData(VerifierDiagnosticId.Alignment, "*(u64 *)(r10 - 9) = 0\n" + Exit, "misaligned stack access")]
    [InlineData(VerifierDiagnosticId.NotCallable, "call 9\n" + Exit, "bpf_skb_store_bytes")]
    [InlineData(VerifierDiagnosticId.NotCallable, "call 9999\n" + Exit, "no helper of this number")]
    [InlineData(VerifierDiagnosticId.EndlessLoop, "r4 = 0\nagain:\nif r4 == 0 goto again\n" + Exit, "infinite loop")]
    [InlineData(VerifierDiagnosticId.ControlFlow, "r0 = 0\nexit\nr0 = 1\nexit", "unreachable instruction 2")]
    [InlineData(VerifierDiagnosticId.ControlFlow, "r0 = 0", "last instruction")]
    [InlineData(VerifierDiagnosticId.BadInstruction, "r0 = 1\nr0 /= 0\nexit", "div by zero")]
    [InlineData(VerifierDiagnosticId.BadInstruction, "r10 = 1\n" + Exit, "frame pointer is read only")]
    public void It_refuses(string id, string text, string says)
    {
        Verdict verdict = Verify(text);
        Assert.Equal(id, verdict.Id);
        Assert.Contains(says, verdict.Message);
    }

    [Fact]
    public void The_result_of_a_lookup_has_to_be_tested()
    {
        ImmutableArray<Instruction> lookup =
        [
            .. Assembler.Parse(Key).Instructions, Instruction.LoadMap(Register.R1, new MapReference("values")), Instruction.CallHelper(HelperId.MapLookupElem),
        ];
        Verdict untested = Verify([.. lookup, Instruction.Load(MemorySize.DoubleWord, Register.R0, Register.R0, 0), .. Assembler.Parse(Exit).Instructions]);
        Assert.Equal(VerifierDiagnosticId.MaybeNull, untested.Id);
        Assert.Contains("a value of map 'values' that may be null", untested.Message);
        Verdict tested = Verify(
            [.. lookup, Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, (short)1), Instruction.Load(MemorySize.DoubleWord, Register.R0, Register.R0, 8), .. Assembler.Parse(Exit).Instructions]);
        Assert.True(tested.IsAccepted, tested.Message);
        Verdict outside = Verify(
            [.. lookup, Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, (short)1), Instruction.Load(MemorySize.DoubleWord, Register.R0, Register.R0, 9), .. Assembler.Parse(Exit).Instructions]);
        Assert.Equal(VerifierDiagnosticId.OutOfBounds, outside.Id);
        Assert.Contains("a value of map 'values' has 16 bytes, byte 16 is accessed", outside.Message);
    }

    [Fact]
    public void What_is_reserved_has_to_be_given_back()
    {
        ImmutableArray<Instruction> reserve =
        [
            Instruction.LoadMap(Register.R1, new MapReference("ring")), Instruction.Mov(Register.R2, 16), Instruction.Mov(Register.R3, 0),
            Instruction.CallHelper(HelperId.RingbufReserve), Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, (short)3), Instruction.Mov(Register.R1, Register.R0),
            Instruction.Mov(Register.R2, 0),
        ];
        Verdict kept = Verify([.. reserve, Instruction.Mov(Register.R3, 0), .. Assembler.Parse(Exit).Instructions]);
        Assert.Equal(VerifierDiagnosticId.Reference, kept.Id);
        Assert.Contains("bpf_ringbuf_reserve took there", kept.Message);
        Verdict given = Verify([.. reserve, Instruction.CallHelper(HelperId.RingbufSubmit), .. Assembler.Parse(Exit).Instructions]);
        Assert.True(given.IsAccepted, given.Message);
    }

    [Fact]
    public void A_helper_has_its_kernel()
    {
        BpfObject source = ObjectOf(Assembler.Parse("r0 = 0\nexit").Instructions);
        Assert.True(ProgramVerifier.Verify(source, source.Programs[0], VerifierTarget.ForKernel(new Version(5, 10))).IsAccepted);
        source = ObjectOf(Assembler.Parse("call 211\n" + Exit).Instructions);
        Assert.Contains("came with kernel", ProgramVerifier.Verify(source, source.Programs[0], VerifierTarget.ForKernel(new Version(5, 10))).Message);
    }

    [Fact]
    public void Every_kind_of_refusal_is_explained()
    {
        for (int number = 8101; number <= 8128; number++)
            Assert.True(RefusalExplanations.TryGet($"IMK{number}", out _), $"IMK{number}");
        Assert.False(RefusalExplanations.TryGet("IMK8129", out _));
    }

    private static Verdict Verify(string text) => Verify(Assembler.Parse(text).Instructions);

    private static Verdict Verify(ImmutableArray<Instruction> instructions)
    {
        BpfObject source = ObjectOf(instructions);
        return ProgramVerifier.Verify(source, source.Programs[0], VerifierTarget.ForKernel(VerifierTarget.NewestKernel));
    }

    internal static BpfObject ObjectOf(ImmutableArray<Instruction> instructions, params ImmutableArray<FunctionSpec> functions) => new()
    {
        Name = "test",
        Programs = [new ProgramSpec { Name = "main", Type = ProgramType.Xdp, ExpectedAttachType = AttachType.Xdp, Entry = new FunctionSpec { Name = "main", Instructions = instructions } }],
        Functions = functions,
        Maps =
        [
            new MapSpec { Name = "values", Type = MapType.Hash, KeySize = 8, ValueSize = 16, MaxEntries = 4 },
            new MapSpec { Name = "ring", Type = MapType.RingBuffer, MaxEntries = 4096 },
        ],
    };
}
