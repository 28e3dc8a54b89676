namespace Imker.Linux.Tests.Events;

/// <summary>Records are nothing but stamps here.</summary>
public sealed class RingMergerTests : IDisposable
{
    private const ulong Second = 1_000_000_000;

    private readonly RingFixture first = new(4096), second = new(4096);
    private readonly RingMerger merger;

    public RingMergerTests() => merger = new RingMerger([first.Ring, second.Ring], 0);

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Rings_are_merged_by_time_and_of_equal_times_the_first_ring_comes_first()
    {
        Send(second, 1, 3, 5);
        Send(first, 2, 3, 4);
        merger.Begin();
        Assert.Equal([(1, 1), (0, 2), (0, 3), (1, 3), (0, 4), (1, 5)], TakeAll());
        Assert.Equal((0, 0), Left());
    }

    [Fact]
    public void Records_that_stand_in_another_order_than_their_times_are_sorted()
    {
        Send(first, 5, 1, 4, RingFixture.ToDiscard, 2, 3);
        merger.Begin();
        Assert.Equal([(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)], TakeAll());
        Assert.Equal((0, 0), Left());
    }

    [Fact]
    public void A_record_newer_than_the_pass_waits_and_holds_its_place_while_older_ones_behind_it_are_taken()
    {
        ulong later = Clocks.BootNanoseconds + 100 * Second;
        Send(first, 1, later, 2);
        Send(second, 3);
        merger.Begin();
        Assert.Equal([(0, 1), (0, 2), (1, 3)], TakeAll());
        Assert.Equal((32, 0), Left());

        Send(first, 4);
        merger.Begin();
        Assert.Equal([(0, 4)], TakeAll());
        Assert.Equal((48, 0), Left());

        merger.BeginAll();
        Assert.Equal([(0, later)], TakeAll());
        Assert.Equal((0, 0), Left());
    }

    [Fact]
    public void Rings_of_discarded_records_alone_are_given_back()
    {
        Send(first, RingFixture.ToDiscard, RingFixture.ToDiscard);
        merger.Begin();
        Assert.Empty(TakeAll());
        Assert.Equal((0, 0), Left());
    }

    [Fact]
    public void Nothing_is_lost_over_many_laps_in_any_order()
    {
        var random = new Random(1);
        for (int lap = 0; lap < 50; lap++)
        {
            ulong[] stamps = [.. Enumerable.Range(0, 200).Select(_ => (ulong)random.Next(1, 50))];
            Send(first, stamps);
            merger.Begin();
            Assert.Equal(stamps.Order(), TakeAll().Select(taken => taken.Stamp));
            Assert.Equal((0, 0), Left());
        }
    }

    [Fact]
    public void A_long_ring_in_order_is_given_back_piece_by_piece()
    {
        Send(first, [.. Enumerable.Range(1, 200).Select(i => (ulong)i)]);
        merger.Begin();
        for (int i = 0; i < 100; i++)
            Assert.True(merger.TryTake(out _, out _));
        Assert.InRange(first.Ring.AvailableBytes, 16 * 100, 16 * (100 + 200 / 8));
        Assert.Equal(100, TakeAll().Count);
    }

    private static void Send(RingFixture ring, params ulong[] stamps)
    {
        foreach (ulong stamp in stamps)
            Assert.True(ring.Send(stamp));
    }

    private List<(int Ring, ulong Stamp)> TakeAll()
    {
        var taken = new List<(int, ulong)>();
        while (merger.TryTake(out int ring, out ReadOnlySpan<byte> record))
            taken.Add((ring, BitConverter.ToUInt64(record)));
        return taken;
    }

    private (int First, int Second) Left() => (first.Ring.AvailableBytes, second.Ring.AvailableBytes);
}
