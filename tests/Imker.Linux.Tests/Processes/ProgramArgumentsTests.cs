using CsCheck;
using Imker.Diagnostics;

namespace Imker.Linux.Tests.Processes;

public sealed class ProgramArgumentsTests
{
    [Fact]
    public void The_last_texts_of_the_command_line_are_the_arguments() =>
        Assert.Equal(["", "x\udcffy"], ProgramArguments.Restore(["", "x\ufffdy"], [.. "host\0program\0\0x"u8, 0xff, .. "y\0"u8]));

    [Fact]
    public void A_line_that_does_not_fit_changes_nothing()
    {
        string[] arguments = ["a", "b"];
        Assert.Same(arguments, ProgramArguments.Restore(arguments, "a\0"u8));
        Assert.Same(arguments, ProgramArguments.Restore(arguments));
    }

    [Fact]
    public void All_bytes_of_arguments_come_back() =>
        Gen.Byte[1, 255].Array[0, 20].Where(b => !(b is [0xef, 0xbb, 0xbf, ..])).Array[1, 5].Sample(arguments =>
        {
            byte[] line = [.. "program\0"u8, .. arguments.SelectMany(a => a.Append((byte)0))];
            string[] restored = ProgramArguments.Restore([.. arguments.Select(_ => "")], line);
            Assert.Equal(arguments, restored.Select(text => SourceEncoding.Encode(text)));
        });
}
