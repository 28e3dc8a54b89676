using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;

namespace Imker.Bytecode.Tests.Classic;

public sealed class ClassicMachineTests
{
    [Theory]
    [InlineData("ld [0]\nret a", 0x01020304u)]
    [InlineData("ldh [1]\nret a", 0x0203u)]
    [InlineData("ldb [7]\nret a", 8u)]
    [InlineData("ldb [8]\nret a", 0u)]
    [InlineData("ld [5]\nret #7", 0u)]
    [InlineData("ld [4]\nret #7", 7u)]
    [InlineData("ldx #4\nldh [x + 2]\nret a", 0x0708u)]
    [InlineData("ldx #4\nldh [x + -4]\nret a", 0x0102u)]
    [InlineData("ldxb 4*([5]&0xf)\ntxa\nret a", 24u)]
    [InlineData("ld #pktlen\nret a", 8u)]
    [InlineData("ld #1\nldx #33\nlsh x\nret a", 2u)]
    [InlineData("ld #1\nldx #0\ndiv x\nret #9", 0u)]
    [InlineData("ld #5\nneg\nret a", 0xfffffffbu)]
    [InlineData("ld #5\nldx #3\nld #xor_x\nret a", 6u)]
    [InlineData("ld [0]\njeq #0x01020304, yes, no\nyes: ret #1\nno: ret #2", 1u)]
    [InlineData("ldh [0]\njset #0x200, yes, no\nyes: ret #1\nno: ret #2", 2u)]
    [InlineData("ld #3\nst M[15]\nld #4\nldx M[15]\nadd x\nret a", 7u)]
    [InlineData("ld #3\nld #ifidx\nret #9", 3u)]
    [InlineData("ldb [-0x1ffffe]\nret a", 3u)]
    [InlineData("ldb [-0x200001]\nret #9", 0u)]
    public void A_program_gives(string text, uint expected) =>
        Assert.Equal(expected, ClassicMachine.Create(ClassicAssembler.Parse(text)).Run([1, 2, 3, 4, 5, 6, 7, 8]));

    [Fact]
    public void What_is_known_of_a_packet_is_given()
    {
        ClassicMachine machine = ClassicMachine.Create(ClassicAssembler.Parse("ld #vlan_tci\nldx #pktlen\nadd x\nret a"));
        Assert.Equal(1_007u, machine.Run([], new ClassicPacketInfo { VlanTag = 7, Length = 1_000 }));
    }

    [Fact]
    public void Netlink_attributes_are_found_by_their_type()
    {
        byte[] message = [8, 0, 1, 0, 9, 9, 9, 9, 5, 0, 2, 0x80, 1, 0, 0, 0, 4, 0, 3, 0];
        ClassicMachine machine = ClassicMachine.Create(ClassicAssembler.Parse("ldx #3\nld #0\nld #nla\nret a"));
        Assert.Equal(16u, machine.Run(message));
        Assert.Equal(0u, machine.Run(message.AsSpan(0, 19)));
    }

    [Fact]
    public void A_circle_ends()
    {
        var program = new ClassicProgram([new(ClassicOpcode.Jump, unchecked((uint)-1)), new(ClassicOpcode.Return, 1)]);
        Assert.Equal(0u, ClassicMachine.Create(program).Run([]));
        Assert.Equal(ClassicDiagnosticId.BadJump, Assert.Single(ClassicValidator.Validate(program)).Id);
    }

    [Theory]
    [InlineData("ld #1", ClassicDiagnosticId.NoReturn)]
    [InlineData("div #0\nret a", ClassicDiagnosticId.BadConstant)]
    [InlineData("lsh #32\nret a", ClassicDiagnosticId.BadConstant)]
    [InlineData("st M[16]\nret a", ClassicDiagnosticId.BadCell)]
    [InlineData("ld M[1]\nret a", ClassicDiagnosticId.UnsetCell)]
    [InlineData("jeq #1, l\nst M[1]\nl: ldx M[1]\nret a", ClassicDiagnosticId.UnsetCell)]
    [InlineData("ld [-4095]\nret a", ClassicDiagnosticId.UnknownAncillary)]
    [InlineData("", ClassicDiagnosticId.ProgramLength)]
    public void The_kernel_s_rules_are_told(string text, string id) =>
        Assert.Equal(id, Assert.Single(ClassicValidator.Validate(ClassicAssembler.Parse(text))).Id);
}
