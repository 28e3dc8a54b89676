using System.Diagnostics;

namespace Imker.Linux.Tests.Events;

public sealed class EventLoopTests
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_lone_record_wakes_the_sleeping_reader()
    {
        using var fixture = new RingFixture(4096);
        using var loop = new EventLoop();
        loop.Add(fixture.Ring);
        var sender = new Thread(() =>
        {
            Pause(200);
            fixture.Send(77);
        });
        sender.Start();
        long start = Stopwatch.GetTimestamp();
        WakeReasons reasons = loop.Wait(patience);
        Assert.Equal(WakeReasons.Records, reasons);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 150, patience.TotalMilliseconds);
        Assert.Equal([77], fixture.Receive());
        sender.Join();
    }

    [Fact]
    public void Records_that_came_before_the_wait_are_not_slept_over()
    {
        using var fixture = new RingFixture(4096);
        using var loop = new EventLoop();
        loop.Add(fixture.Ring);
        fixture.Send(1);
        Assert.Equal(WakeReasons.Records, loop.Wait(patience));
        Assert.Equal([1], fixture.Receive());
        fixture.Send(2);
        Assert.Equal(WakeReasons.Records, loop.Wait(patience));
        Assert.Equal([2], fixture.Receive());
    }

    [Fact]
    public void No_record_of_a_steady_stream_is_missed_or_left_lying()
    {
        const int Count = 2000;
        using var fixture = new RingFixture(16384);
        using var loop = new EventLoop();
        loop.Add(fixture.Ring);
        var sender = new Thread(() =>
        {
            for (int i = 1; i <= Count; i++)
            {
                while (!fixture.Send((ulong)i))
                    Pause(1);
                if (i % 50 == 0)
                    Pause(i % 100 == 0 ? 15 : 1);
            }
        });
        sender.Start();
        ulong last = 0;
        long start = Stopwatch.GetTimestamp();
        while (last < Count && Stopwatch.GetElapsedTime(start) < patience)
        {
            foreach (ulong value in fixture.Receive())
                Assert.Equal(++last, value);
            loop.Wait(patience);
        }
        Assert.Equal((ulong)Count, last);
        sender.Join();
    }

    [Fact]
    public void An_idle_loop_sleeps_all_the_time_it_is_given()
    {
        using var fixture = new RingFixture(4096);
        using var loop = new EventLoop();
        loop.Add(fixture.Ring);
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(WakeReasons.None, loop.Wait(TimeSpan.FromMilliseconds(120)));
        Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 115);
    }

    [Fact]
    public void Another_thread_wakes_it_now_or_the_next_time()
    {
        using var loop = new EventLoop();
        loop.Wake();
        Assert.Equal(WakeReasons.Woken, loop.Wait(patience));
        Assert.Equal(WakeReasons.None, loop.Wait(TimeSpan.Zero));
        var other = new Thread(() =>
        {
            Pause(50);
            loop.Wake();
        });
        other.Start();
        Assert.Equal(WakeReasons.Woken, loop.Wait(patience));
        other.Join();
    }

    [Theory]
    [InlineData("INT", "SIGINT")]
    [InlineData("TERM", "SIGTERM")]
    public void A_signal_wakes_it_instead_of_ending_us(string signal, string expected)
    {
        using var waiter = new SignalWaiter(ignoredAtStart: null);
        waiter.Send(signal);
        Assert.Equal(expected, waiter.ReadAnswer());
    }

    [Theory]
    [InlineData("INT", "SIGINT")]
    [InlineData("TERM", "SIGTERM")]
    public void A_signal_wakes_it_although_SIGINT_was_ignored_at_the_start(string signal, string expected)
    {
        using var waiter = new SignalWaiter(ignoredAtStart: "INT");
        waiter.Send(signal);
        Assert.Equal(expected, waiter.ReadAnswer());
    }

    private static void Pause(int milliseconds)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(milliseconds);
    }
}
