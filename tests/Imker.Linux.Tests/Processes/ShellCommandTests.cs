using System.Text;

namespace Imker.Linux.Tests.Processes;

public sealed class ShellCommandTests
{
    [Fact]
    public void Its_output_is_collected_byte_for_byte()
    {
        Assert.Equal([0xff, 0xc3, (byte)'(', 0], Run([.. "printf '%s\\0' '"u8, 0xff, 0xc3, .. "('"u8]));
        Assert.Equal("a million"u8, Run("head -c 1000000 /dev/zero; printf 'a million'"u8).AsSpan(1_000_000));
    }

    [Fact]
    public void It_is_waited_for_when_it_has_closed_its_output()
    {
        string file = Path.GetTempFileName();
        Assert.Empty(Run(Encoding.UTF8.GetBytes($"exec >&-; sleep 0.1; echo done >{file}")));
        Assert.Equal("done\n", File.ReadAllText(file));
        File.Delete(file);
    }

    [Fact]
    public void Output_that_comes_when_the_shell_has_ended_is_waited_for() =>
        Assert.Equal("late\n"u8, Run("(sleep 0.1; echo late) & exit"u8));

    [Fact]
    public void It_gets_the_usual_signals()
    {
        string ignored = Encoding.UTF8.GetString(Run("grep SigIgn /proc/self/status"u8));
        const int Pipe = 13;
        Assert.Equal(0UL, Convert.ToUInt64(ignored[7..].Trim(), 16) & 1UL << Pipe - 1);
    }

    [Fact]
    public void A_zero_ends_its_text() => Assert.Equal("a\n"u8, Run("echo a\0; echo b"u8));

    private static byte[] Run(ReadOnlySpan<byte> text)
    {
        using var loop = new EventLoop();
        using ShellCommand command = ShellCommand.Start(text);
        loop.WaitFor(command);
        return command.Collected.ToArray();
    }
}
