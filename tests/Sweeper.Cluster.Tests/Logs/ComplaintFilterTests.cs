using Sweeper.Cluster.Logs;

namespace Sweeper.Cluster.Tests.Logs;

public sealed class ComplaintFilterTests
{
    private readonly ManualClock clock = new();

    [Fact]
    public void One_of_a_kind_a_minute_is_said_with_how_many_were_left_out()
    {
        var filter = new ComplaintFilter(clock);
        Assert.Equal(0, filter.Admit("a frame of {0} bytes"));
        Assert.Equal(0, filter.Admit("another matter"));
        for (var again = 0; again < 1_000; again++)
        {
            Assert.Null(filter.Admit("a frame of {0} bytes"));
        }

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(filter.Admit("a frame of {0} bytes"));
        Assert.Equal(1_001, filter.LeftOut);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1_001, filter.Admit("a frame of {0} bytes"));
        Assert.Equal(0, filter.LeftOut);
        Assert.Null(filter.Admit("a frame of {0} bytes"));
        Assert.Equal(0, filter.Admit("another matter"));
    }

    [Fact]
    public void What_differs_in_numbers_and_behind_its_beginning_only_is_one_kind()
    {
        var filter = new ComplaintFilter(clock);
        Assert.Equal(0, filter.Admit(
            $"association with port 4711 has failed, and this was said, which may be as long as a frame: {new string('x', 1_000)}"));
        Assert.Null(filter.Admit(
            $"association with port 4712 has failed, and this was said, which may be as long as a frame: {new string('y', 1_000)}"));
    }

    [Fact]
    public void However_many_kinds_there_are_few_are_remembered_and_said()
    {
        var filter = new ComplaintFilter(clock);
        var said = Enumerable.Range(0, 10_000).Count(number => filter.Admit(Letters(number)) is not null);

        Assert.InRange(said, 64, 65);
        Assert.Equal(10_000 - said, filter.LeftOut);
    }

    private static string Letters(int number) =>
        string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('g' + digit - '0')));
}
