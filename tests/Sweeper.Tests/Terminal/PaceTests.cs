using Sweeper.Terminal;
using Xunit;

namespace Sweeper.Tests.Terminal;

public sealed class PaceTests
{
    [Fact]
    public void A_steady_run_has_one_answer()
    {
        var reading = Read(fractionAt: second => second / 100.0, seconds: 40);

        Assert.Equal(60, reading.Remaining!.Value.From.TotalSeconds, 1e-6);
        Assert.Equal(60, reading.Remaining!.Value.To.TotalSeconds, 1e-6);
        Assert.Equal(10, reading.TrialsPerSecond, 1e-9);
        Assert.Equal("about 1 min 00 s", Pace.Describe(reading.Remaining));
    }

    [Fact]
    public void A_run_that_slows_down_gets_a_range_from_its_mean_to_its_recent_pace()
    {
        // 30 % in 30 s, then 10 % in 20 s: the mean says 60 % in 75 s, the last ten seconds say 60 % in 120 s.
        var reading = Read(second => second <= 30 ? second / 100.0 : 0.3 + (second - 30) / 200.0, seconds: 50);

        Assert.Equal(75, reading.Remaining!.Value.From.TotalSeconds, 1e-6);
        Assert.Equal(120, reading.Remaining!.Value.To.TotalSeconds, 1e-6);
        Assert.Equal("1 min 20 s to 2 min 00 s", Pace.Describe(reading.Remaining));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    public void Nothing_is_foretold_from_almost_nothing(double fraction) => Assert.Null(Read(_ => fraction, seconds: 30).Remaining);

    [Fact]
    public void A_run_that_stands_still_foretells_nothing() => Assert.Null(Read(second => Math.Min(second, 5) / 10.0, seconds: 60).Remaining);

    private static PaceReading Read(Func<int, double> fractionAt, int seconds)
    {
        var clock = new ManualClock();
        var pace = new Pace(clock);
        PaceReading? reading = null;
        for (var second = 1; second <= seconds; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            reading = pace.Read(Views.Training(fractionAt(second)));
        }

        return reading!;
    }
}
