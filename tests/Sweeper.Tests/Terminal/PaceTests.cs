using Sweeper.Cluster.Status;
using Sweeper.Terminal;
using Xunit;

namespace Sweeper.Tests.Terminal;

public sealed class PaceTests
{
    [Fact]
    public void The_pace_is_what_was_trained_since_the_display_began()
    {
        var clock = new ManualClock();
        var pace = new Pace(clock);
        clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(new PaceReading(TimeSpan.FromSeconds(40), 10), pace.Read(Views.Training(0.4)));
    }

    [Theory]
    [InlineData(1, 1.5, "a moment")]
    [InlineData(20, 20, "about 20 s")]
    [InlineData(20, 24, "about 24 s")]
    [InlineData(75, 120, "1 min 20 s to 2 min 00 s")]
    [InlineData(20, 80, "20 s to 1 min 20 s")]
    [InlineData(7000, 7100, "about 1 h 58 min")]
    public void Time_is_told_no_finer_than_it_is_known(double from, double to, string told) =>
        Assert.Equal(told, Pace.Describe(new TimeRange(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to))));

    [Fact]
    public void Nothing_is_told_of_what_nothing_tells() => Assert.Equal("", Pace.Describe(null));
}
