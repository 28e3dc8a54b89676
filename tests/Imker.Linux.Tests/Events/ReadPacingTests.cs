using CsCheck;

namespace Imker.Linux.Tests.Events;

public sealed class ReadPacingTests
{
    [Fact]
    public void Without_records_it_waits_until_woken()
    {
        var pacing = new ReadPacing();
        Assert.Equal(ReadPacing.UntilWoken, pacing.Next(0, pending: false));
        Assert.Equal(ReadPacing.UntilWoken, pacing.Next(0, pending: false));
    }

    [Fact]
    public void A_record_that_is_still_being_written_is_looked_at_again_soon()
    {
        var pacing = new ReadPacing();
        Assert.Equal(ReadPacing.ShortestMilliseconds, pacing.Next(0, pending: true));
    }

    [Fact]
    public void Under_light_load_the_sleep_grows_to_its_longest()
    {
        var pacing = new ReadPacing();
        int[] sleeps = [.. Enumerable.Range(0, 6).Select(_ => pacing.Next(0.001, pending: false))];
        Assert.Equal([1, 2, 4, 8, 10, 10], sleeps);
    }

    [Fact]
    public void A_ring_half_full_is_read_again_at_once()
    {
        var pacing = new ReadPacing();
        Assert.Equal(0, pacing.Next(0.5, pending: false));
        Assert.Equal(0, pacing.Next(3, pending: true));
    }

    [Fact]
    public void A_steady_load_settles_where_a_pass_finds_about_an_eighth() =>
        // Fill per millisecond at which an eighth gathers within the shortest and the longest sleep.
        Gen.Double[0.0126, 0.12].Sample(fillPerMillisecond =>
        {
            var pacing = new ReadPacing();
            int sleep = 1;
            for (int i = 0; i < 20; i++)
                sleep = pacing.Next(Math.Max(sleep, 1) * fillPerMillisecond, pending: false);
            Assert.InRange(sleep * fillPerMillisecond, 0.03, 0.26);
        });
}
