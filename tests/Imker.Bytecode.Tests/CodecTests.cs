using Imker.Diagnostics;

namespace Imker.Bytecode.Tests;

public sealed class CodecTests
{
    [Fact]
    public void Fields_stand_where_the_standard_puts_them()
    {
        Instruction store = Instruction.StoreConstant(MemorySize.Word, Register.R10, -8, 0x01020304);
        Assert.Equal("620af8ff04030201", Hex(store));
        Assert.Equal("62a0fff801020304", Hex(store, bigEndian: true));
        Assert.Equal("bf61000000000000", Hex(Instruction.Mov(Register.R1, Register.R6)));
        Assert.Equal("bf16000000000000", Hex(Instruction.Mov(Register.R1, Register.R6), bigEndian: true));
    }

    [Fact]
    public void A_wide_load_is_one_instruction_of_two_slots()
    {
        Instruction load = Instruction.LoadImm64(Register.R3, unchecked((long)0xfedcba9876543210));
        Assert.Equal(2, load.SlotCount);
        Assert.Equal("1803000010325476" + "0000000098badcfe", Hex(load));
        Assert.Equal(load, Assert.Single(InstructionDecoder.Decode(Convert.FromHexString(Hex(load))).Instructions));
    }

    [Fact]
    public void A_map_value_holds_descriptor_and_offset()
    {
        Assert.Equal("1821000007000000" + "0000000010000000", Hex(Instruction.LoadMapValue(Register.R1, 7, 16)));
        Assert.Equal("1811000007000000" + "0000000000000000", Hex(Instruction.LoadMapFd(Register.R1, 7)));
    }

    [Theory]
    [InlineData("9500", "code of 2 bytes is not a multiple of 8")]
    [InlineData("1801000000000000", "slot 0: the second slot of the wide load is missing")]
    [InlineData("9500000000000000" + "1801000000000000" + "0001000000000000", "slot 2: the second slot of a wide load holds more than a constant")]
    [InlineData("b70b000000000000", "slot 0: there is no register 11")]
    public void Bad_bytes_are_told_with_their_slot(string hex, string message)
    {
        Assert.False(InstructionDecoder.TryDecode(Convert.FromHexString(hex), out Code? code, out var diagnostics));
        Assert.Null(code);
        Assert.Contains(diagnostics, d => d.Message == message);
        Assert.Throws<DiagnosticException>(() => InstructionDecoder.Decode(Convert.FromHexString(hex)));
    }

    private static string Hex(Instruction instruction, bool bigEndian = false) =>
        Convert.ToHexStringLower(InstructionEncoder.Encode(new Code([instruction]), bigEndian));
}
