using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.TestKit;

namespace Imker.Machine.Tests.Jit;

public sealed class PacketMatcherTests
{
    [Fact]
    public void A_compiled_filter_answers_as_the_classic_machine()
    {
        var random = new Random(5);
        var programs = new RandomClassicProgram(random, AncillaryField.XorIndex);
        int compiled = 0, passed = 0;
        for (int i = 0; i < 2000; i++)
        {
            ClassicProgram program = programs.Next();
            PacketMatcher matcher = PacketMatcher.Create(program);
            ClassicMachine machine = ClassicMachine.Create(program);
            compiled += matcher.IsCompiled ? 1 : 0;
            for (int j = 0; j < 10; j++)
            {
                byte[] packet = programs.NextPacket();
                uint length = (uint)(packet.Length + random.Next(3));
                uint expected = machine.Run(packet, length);
                Assert.Equal(expected, matcher.Run(packet, length));
                passed += expected != 0 ? 1 : 0;
            }
        }
        // Random filters as they come do both.
        Assert.InRange(passed, 1000, 19_000);
        Assert.True(compiled > 1900 || !EngineSelection.CanGenerateCode, $"{compiled} of 2000 were compiled");
    }

    [Theory]
    [InlineData("ldh [12]\njeq #0x800, t, f\nt: ret #64\nf: ret #0", 14, 64u)]
    [InlineData("ldh [12]\njeq #0x800, t, f\nt: ret #64\nf: ret #0", 13, 0u)]
    [InlineData("ld #len\nret a", 0, 7u)]
    [InlineData("ldb [65535]\nret #1", 65535, 0u)]
    [InlineData("ldb [65535]\nret #1", 65536, 1u)]
    [InlineData("ldx #0xffffffff\nldb [x + 1]\nret #1", 1, 1u)]
    [InlineData("ldx #0xffffffff\nldb [x + 0]\nret #1", 64, 0u)]
    public void Only_what_was_captured_is_seen(string filter, int captured, uint kept)
    {
        byte[] packet = new byte[captured];
        if (captured > 12)
            packet[12] = 8;
        PacketMatcher matcher = PacketMatcher.Create(ClassicAssembler.Parse(filter));
        Assert.Equal(EngineSelection.CanGenerateCode, matcher.IsCompiled);
        Assert.Equal(kept, matcher.Run(packet, 7));
    }

    [Fact]
    public void What_only_the_kernel_knows_of_a_packet_is_left_to_the_classic_machine()
    {
        PacketMatcher matcher = PacketMatcher.Create(ClassicAssembler.Parse("ld #mark\nret a"));
        Assert.False(matcher.IsCompiled);
        Assert.Equal(0u, matcher.Run(new byte[60], 60));
    }
}
