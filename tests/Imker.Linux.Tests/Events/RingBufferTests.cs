using Imker.Bytecode;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests.Events;

public sealed class RingBufferTests
{
    private const int Small = 4096;

    [Fact]
    public void Records_come_out_as_they_went_in()
    {
        using var fixture = new RingFixture(Small);
        fixture.Send(11);
        fixture.Send(22);
        Assert.Equal(32, fixture.Ring.AvailableBytes);
        Assert.Equal([11, 22], fixture.Receive());
        Assert.Equal(0, fixture.Ring.AvailableBytes);
        Assert.Empty(fixture.Receive());
    }

    [Fact]
    public void Discarded_records_are_passed_over()
    {
        using var fixture = new RingFixture(Small);
        fixture.Send(1);
        fixture.Send(RingFixture.ToDiscard);
        fixture.Send(2);
        Assert.Equal([1, 2], fixture.Receive());
    }

    [Fact]
    public void What_is_set_aside_is_read_as_if_it_were_still_in_the_ring()
    {
        using var fixture = new RingFixture(Small);
        ulong next = 100_000, expected = next;
        void Send(int count)
        {
            for (int i = 0; i < count; i++)
                Assert.True(fixture.Send(next++));
        }

        // A pass is held up at its third record, and a pass over what was set aside is held up again.
        for (int round = 0; round < 3; round++)
        {
            Send(100);
            foreach (ReadOnlySpan<byte> record in fixture.Ring.Read())
            {
                Assert.Equal(expected, BitConverter.ToUInt64(record));
                if (expected++ % 100 != 2)
                    continue;
                for (int lap = 0; lap < 5; lap++)
                {
                    Assert.True(fixture.Ring.SetAside(1 << 20));
                    Send(150);
                }
                // A pass gives back from time to time.
                int unread = (int)(next - expected + 1) * 16;
                Assert.InRange(fixture.Ring.AvailableBytes, unread, unread + Small / 8);
            }
        }
        Assert.Equal(Enumerable.Range((int)expected, (int)(next - expected)).Select(i => (ulong)i), fixture.Receive());
        Assert.Equal((0, false), (fixture.Ring.AvailableBytes, fixture.Ring.SetAside(1 << 20)));
        Send(100);
        Assert.Equal(100, fixture.Receive().Count);
    }

    [Fact]
    public void The_current_record_is_found_again_when_it_was_set_aside_and_overwritten()
    {
        using var fixture = new RingFixture(Small);
        fixture.Send(1);
        fixture.Send(2);
        using RingBufferRecords records = fixture.Ring.Read();
        Assert.True(records.MoveNext());
        Assert.True(fixture.Ring.SetAside(1 << 20));
        while (fixture.Send(3))
        {
        }
        Assert.Equal(1UL, BitConverter.ToUInt64(records.Current));
        Assert.True(records.MoveNext());
        Assert.Equal(2UL, BitConverter.ToUInt64(records.Current));
        Assert.False(records.MoveNext());
    }

    [Fact]
    public void No_more_is_set_aside_than_is_allowed()
    {
        using var fixture = new RingFixture(Small);
        int sent = 0;
        while (fixture.Send(1))
            sent++;
        Assert.True(fixture.Ring.SetAside(160));
        Assert.False(fixture.Ring.SetAside(160));
        for (int i = 0; i < 10; i++)
            Assert.True(fixture.Send(1));
        Assert.False(fixture.Send(1));
        Assert.Equal(sent + 10, fixture.Receive().Count);
    }

    [Fact]
    public void Records_come_in_order_over_many_laps()
    {
        using var fixture = new RingFixture(Small);
        ulong next = 0;
        for (int lap = 0; lap < 50; lap++)
        {
            for (int i = 0; i < 100; i++)
                fixture.Send(next + (ulong)i);
            foreach (ulong value in fixture.Receive())
                Assert.Equal(next++, value);
        }
        Assert.Equal(5000UL, next);
    }

    [Fact]
    public void A_full_ring_takes_records_again_when_it_was_read()
    {
        using var fixture = new RingFixture(Small);
        int accepted = 0;
        while (accepted < 10_000 && fixture.Send((ulong)accepted))
            accepted++;
        Assert.InRange(accepted, Small / 16 - 1, Small / 16);
        Assert.False(fixture.Send(0));
        Assert.Equal(accepted, fixture.Receive().Count);
        Assert.True(fixture.Send(0));
    }

    [Fact]
    public void What_a_broken_off_pass_has_read_is_given_back_and_no_more()
    {
        using var fixture = new RingFixture(Small);
        fixture.Send(1);
        fixture.Send(2);
        foreach (ReadOnlySpan<byte> record in fixture.Ring.Read())
        {
            Assert.Equal(1UL, BitConverter.ToUInt64(record));
            break;
        }
        Assert.Equal([2], fixture.Receive());
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using var fixture = new RingFixture(Small);
        ulong sum = Pass();
        long before = 0, after = 0;
        for (int i = 0; i < 3; i++)
        {
            fixture.Send(5);
            before = GC.GetAllocatedBytesForCurrentThread();
            sum += Pass();
            after = GC.GetAllocatedBytesForCurrentThread();
        }
        Assert.Equal(15UL, sum);
        Assert.Equal(before, after);

        ulong Pass()
        {
            ulong total = 0;
            foreach (ReadOnlySpan<byte> record in fixture.Ring.Read())
                total += BitConverter.ToUInt64(record);
            return total;
        }
    }

    [Fact]
    public void Another_map_is_the_caller_s_bug()
    {
        using KernelMap map = Assemble.NewArray();
        Assert.Throws<ArgumentException>(() => new RingBuffer(map));
    }
}
