using System.Text;
using Imker.Linux.Tests.Events;

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

    [Fact]
    public void A_ring_that_fills_may_have_all_the_memory_that_there_is_for_all()
    {
        const int ringSize = 4096, memory = 64 << 10, recordSize = 16;
        using RingFixture idle = new(ringSize), busy = new(ringSize);
        using var loop = new EventLoop { MostSetAside = memory };
        loop.Add(busy.Ring);
        loop.Add(idle.Ring);
        string enough = Path.Combine(Path.GetTempPath(), $"enough-{Environment.ProcessId}");
        using ShellCommand command = ShellCommand.Start(Encoding.UTF8.GetBytes($"until [ -e {enough} ]; do sleep 0.05; done; rm {enough}"));
        var waiter = new Thread(() => loop.WaitFor(command));
        waiter.Start();
        int sent = 0;
        while (SpinWait.SpinUntil(() => busy.Send(1), TimeSpan.FromSeconds(1)))
            sent++;
        File.WriteAllText(enough, "");
        waiter.Join();
        Assert.InRange(sent * recordSize, memory - recordSize, memory + ringSize);
        Assert.Equal(sent, busy.Receive().Count);
    }

    private static byte[] Run(ReadOnlySpan<byte> text)
    {
        using var loop = new EventLoop();
        using ShellCommand command = ShellCommand.Start(text);
        loop.WaitFor(command);
        return command.Collected.ToArray();
    }
}
