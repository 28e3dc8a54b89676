using System.Collections.Immutable;
using CsCheck;
using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.TestKit;

namespace Imker.Linux.Tests.Packets;

/// <summary>One verdict: our machine, the kernel's classic filter, and what we translate, over random programs and packets.</summary>
public sealed class ClassicVerdictTests
{
    // What a packet between two local sockets has: nothing, so the kernel gives zeros, and no interface.
    private static readonly ImmutableArray<AncillaryField> SocketFields =
    [
        AncillaryField.XorIndex, AncillaryField.VlanTagPresent, AncillaryField.Mark, AncillaryField.InterfaceIndex, AncillaryField.HardwareType,
        AncillaryField.NetlinkAttribute, AncillaryField.NestedNetlinkAttribute,
    ];

    private const int EtherTypeOffset = 12;
    private const int EthernetHeader = 14;

    [Fact]
    public void The_machine_says_what_the_kernel_s_classic_filter_says()
    {
        Machine.RequireRoot();
        using var sockets = new FilteredSockets();
        int passed = 0, dropped = 0;
        Gen.Int.Sample(seed =>
        {
            var source = new RandomClassicProgram(new Random(seed), SocketFields);
            ClassicProgram program = source.Next();
            ClassicMachine machine = ClassicMachine.Create(program);
            sockets.Attach(program);
            for (int i = 0; i < 5; i++)
            {
                byte[] packet = source.NextPacket(atLeast: 1);
                int kept = (int)Math.Min(machine.Run(packet), (uint)packet.Length);
                AssertSame(kept, sockets.Pass(packet), program, packet);
                _ = kept == 0 ? dropped++ : passed++;
            }
        }, iter: 4_000, threads: 1);
        Assert.True(passed > 1_000 && dropped > 1_000, $"{passed} passed, {dropped} were dropped: the programs say the same too often");
    }

    [Fact]
    public void A_translated_socket_filter_says_what_the_machine_says() =>
        AssertTranslated(ProgramType.SocketFilter, ClassicTarget.SocketBuffer, EthernetHeader, AncillaryField.XorIndex,
            AncillaryField.VlanTagPresent, AncillaryField.Mark);

    [Fact]
    public void A_translated_traffic_control_program_says_what_the_machine_says() =>
        AssertTranslated(ProgramType.SchedCls, ClassicTarget.SocketBufferDirect, 0, AncillaryField.XorIndex, AncillaryField.Mark);

    [Fact]
    public void Legacy_loads_in_traffic_control_say_what_the_machine_says() =>
        AssertTranslated(ProgramType.SchedCls, ClassicTarget.SocketBuffer, 0, AncillaryField.XorIndex);

    [Fact]
    public void A_translated_XDP_program_says_what_the_machine_says() =>
        AssertTranslated(ProgramType.Xdp, ClassicTarget.Xdp, 0, AncillaryField.XorIndex);

    [Fact]
    public void A_translated_program_returns_what_was_asked_for()
    {
        Machine.RequireRoot();
        ClassicProgram program = ClassicAssembler.Parse("ldh [12]\njeq #0x800, yes\nldb [60]\nret a\nyes: ret #262144");
        Code code = ClassicTranslator.Translate(program, new() { Target = ClassicTarget.Xdp, Accepted = 2, Rejected = 1 });
        using KernelProgram loaded = Assemble.Load(ProgramType.Xdp, null, code.Instructions.AsSpan());
        byte[] packet = new byte[64];
        Assert.Equal(1u, Run(loaded, packet));
        packet[60] = 7;
        Assert.Equal(2u, Run(loaded, packet));
        Assert.Equal(1u, Run(loaded, packet.AsSpan(0, 60).ToArray()));
        packet[12] = 8;
        Assert.Equal(2u, Run(loaded, packet));
    }

    [Fact]
    public void A_translated_program_filters_a_socket()
    {
        Machine.RequireRoot();
        Code code = ClassicTranslator.Translate(ClassicAssembler.Parse("ldb [0]\nret a"), ClassicTranslationOptions.Default);
        using KernelProgram program = Assemble.Load(ProgramType.SocketFilter, null, code.Instructions.AsSpan());
        using var sockets = new FilteredSockets();
        sockets.Attach(program);
        Assert.Equal(2, sockets.Pass([2, 0, 0, 0]));
        Assert.Equal(0, sockets.Pass([0, 0, 0, 0]));
        sockets.Detach();
        Assert.Equal(4, sockets.Pass([0, 0, 0, 0]));
    }

    [Fact]
    public void A_locked_filter_stays()
    {
        using var sockets = new FilteredSockets();
        sockets.Attach(ClassicAssembler.Parse("ret #1"));
        sockets.Lock();
        BpfException refusal = Assert.Throws<BpfException>(sockets.Detach);
        Assert.Equal(Errno.NotPermitted, refusal.Error);
        Assert.Equal(1, sockets.Pass([1, 2]));
    }

    [Theory]
    [InlineData("ld #hatype\nret a", ClassicTarget.SocketBuffer)]
    [InlineData("ld #nla\nret a", ClassicTarget.SocketBuffer)]
    [InlineData("ld #mark\nret a", ClassicTarget.Xdp)]
    [InlineData("ld [-0x100000]\nret a", ClassicTarget.SocketBufferDirect)]
    public void What_has_no_counterpart_is_told(string text, ClassicTarget target)
    {
        Assert.False(ClassicTranslator.TryTranslate(ClassicAssembler.Parse(text), new() { Target = target }, out _, out var diagnostics));
        Assert.Equal(ClassicDiagnosticId.NotTranslatable, Assert.Single(diagnostics).Id);
    }

    /// <summary>The kernel takes what the validator takes, and nothing else.</summary>
    [Fact]
    public void The_validator_knows_what_the_kernel_takes()
    {
        using var sockets = new FilteredSockets();
        int taken = 0, refused = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            ImmutableArray<ClassicInstruction>.Builder spoilt = new RandomClassicProgram(random, SocketFields).Next().Instructions.ToBuilder();
            int index = random.Next(spoilt.Count);
            spoilt[index] = random.Next(4) switch
            {
                0 => spoilt[index] with { Code = (ushort)random.Next(256) },
                1 => spoilt[index] with { K = (uint)random.NextInt64(1L << 32) },
                2 => spoilt[index] with { Jt = (byte)random.Next(60) },
                _ => new ClassicInstruction(ClassicOpcode.LoadCell, (uint)random.Next(18)),
            };
            var program = new ClassicProgram(spoilt.ToImmutable());
            bool valid = ClassicValidator.IsValid(program);
            _ = valid ? taken++ : refused++;
            Assert.Equal(valid, RawSocketFilter.TryAttach(program));
        }, iter: 5_000, threads: 1);
        Assert.True(taken > 500 && refused > 500, $"{taken} valid, {refused} not");
    }

    private static void AssertTranslated(ProgramType type, ClassicTarget target, int skipped, params ImmutableArray<AncillaryField> fields)
    {
        Machine.RequireRoot();
        int passed = 0;
        Gen.Int.Sample(seed =>
        {
            var source = new RandomClassicProgram(new Random(seed), fields);
            ClassicProgram program = source.Next();
            ClassicMachine machine = ClassicMachine.Create(program);
            Code code = ClassicTranslator.Translate(program, new() { Target = target });
            using KernelProgram loaded = Assemble.Load(type, null, code.Instructions.AsSpan());
            for (int i = 0; i < 5; i++)
            {
                byte[] packet = source.NextPacket(EthernetHeader + 1 + skipped);
                // A frame that says it is IP and has no room for IP's header, the kernel's test run refuses.
                packet[EtherTypeOffset] = 0xff;
                uint expected = machine.Run(packet.AsSpan(skipped));
                AssertSame(expected, Run(loaded, packet), program, packet);
                passed += expected == 0 ? 0 : 1;
            }
        }, iter: 1_000, threads: 1);
        Assert.True(passed > 600, $"only {passed} runs gave something");
    }

    private static uint Run(KernelProgram program, byte[] packet) => program.Run(new TestRun { Data = packet, Repeat = 1 }).ReturnValue;

    private static void AssertSame(long expected, long actual, ClassicProgram program, byte[] packet) => Assert.True(
        expected == actual,
        $"the machine says {expected}, the kernel {actual}\n{ClassicListing.Format(program)}{Convert.ToHexString(packet)}");
}
