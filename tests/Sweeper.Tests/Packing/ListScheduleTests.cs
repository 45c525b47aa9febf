using Sweeper.Core.Packing;
using Xunit;

namespace Sweeper.Tests.Packing;

public sealed class ListScheduleTests
{
    [Fact]
    public void Equal_pieces_are_shared() => Assert.Equal(30, ListSchedule.SecondsToEnd([], [10, 10, 10, 10, 10, 10], workers: 2));

    [Fact]
    public void A_long_one_at_the_end_is_not() => Assert.Equal(5 + 100, ListSchedule.SecondsToEnd([5, 7], [100], workers: 2));

    [Fact]
    public void What_runs_may_be_last() => Assert.Equal(50, ListSchedule.SecondsToEnd([50, 1], [10, 10], workers: 2));

    [Fact]
    public void Somebody_does_it_when_all_are_away() => Assert.Equal(12, ListSchedule.SecondsToEnd([], [5, 7], workers: 0));
}
