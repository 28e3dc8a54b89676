using Imker.Bytecode.Classic;
using Imker.Linux;

namespace Imker.Capture.Tests.Live;

public sealed class CookedProgramTests
{
    [Fact]
    public void What_a_cooked_header_says_is_asked_of_the_kernel_and_the_rest_moves_to_the_front()
    {
        var program = new ClassicProgram(
        [
            new(ClassicOpcode.LoadAbsoluteHalf, 0),
            new(ClassicOpcode.JumpEqual, 0, 5, 0x800),
            new(ClassicOpcode.LoadAbsoluteByte, 10),
            new(ClassicOpcode.LoadAbsoluteWord, 4),
            new(ClassicOpcode.LoadAbsoluteByte, 29),
            new(ClassicOpcode.LoadIndexHeaderLength, 20),
            new(ClassicOpcode.LoadIndirectHalf, 22),
            new(ClassicOpcode.Return, 100),
        ]);
        Assert.True(CookedProgram.TryForKernel(program, CookedHeader.Version2, out ClassicProgram? kernel));
        Assert.Equal(
            [
                new(ClassicOpcode.LoadAbsoluteWord, ClassicOffset.Of(AncillaryField.Protocol)),
                new(ClassicOpcode.JumpEqual, 0, 5, 0x800),
                new(ClassicOpcode.LoadAbsoluteWord, ClassicOffset.Of(AncillaryField.PacketType)),
                new(ClassicOpcode.LoadAbsoluteWord, ClassicOffset.Of(AncillaryField.InterfaceIndex)),
                new(ClassicOpcode.LoadAbsoluteByte, 9),
                new(ClassicOpcode.LoadIndexHeaderLength, 0),
                new(ClassicOpcode.LoadIndirectHalf, 2),
                new ClassicInstruction(ClassicOpcode.Return, 100),
            ],
            kernel.Instructions.AsEnumerable());
        Assert.True(ClassicValidator.IsValid(kernel));
    }

    [Theory]
    [InlineData(ClassicOpcode.LoadAbsoluteWord, 12u)]
    [InlineData(ClassicOpcode.LoadAbsoluteByte, 0u)]
    [InlineData(ClassicOpcode.LoadIndirectWord, 4u)]
    [InlineData(ClassicOpcode.LoadLength, 0u)]
    public void What_the_kernel_does_not_know_is_left_to_us(ushort code, uint k)
    {
        var program = new ClassicProgram([new(code, k), new(ClassicOpcode.Return, 100)]);
        Assert.False(CookedProgram.TryForKernel(program, CookedHeader.Version2, out _));
    }

    [Fact]
    public void What_is_asked_of_the_kernel_already_stays()
    {
        var program = new ClassicProgram([new(ClassicOpcode.LoadAbsoluteWord, ClassicOffset.Of(AncillaryField.Protocol)), new(ClassicOpcode.Return, 1)]);
        Assert.True(CookedProgram.TryForKernel(program, CookedHeader.Version1, out ClassicProgram? kernel));
        Assert.Equal(program.Instructions.AsEnumerable(), kernel.Instructions.AsEnumerable());
    }
}
