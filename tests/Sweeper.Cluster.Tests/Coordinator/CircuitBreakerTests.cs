using Sweeper.Cluster.Coordinator;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Tests.Coordinator;

public sealed class CircuitBreakerTests
{
    [Fact]
    public void Three_packs_that_fail_alike_open_it() => Assert.True(After("no libtorch", "no libtorch", "no libtorch").IsOpen);

    [Fact]
    public void Numbers_in_a_message_do_not_make_failures_different() =>
        Assert.True(After("trial 1: bad", "trial 22: bad", "trial 3: bad").IsOpen);

    [Fact]
    public void Two_packs_do_not() => Assert.False(After("no libtorch", "no libtorch").IsOpen);

    [Fact]
    public void Different_failures_do_not() =>
        Assert.False(After("no libtorch", "no data", "no libtorch", "no libtorch", "no libtorch").IsOpen);

    [Fact]
    public void One_commit_rules_it_out() =>
        Assert.False(
            After("no libtorch", "no libtorch").AfterCommit().AfterFailure(new PackId("c"), FailureKind.Error, "no libtorch", 100).IsOpen);

    [Fact]
    public void One_pack_that_fails_again_and_again_is_one_pack()
    {
        var breaker = CircuitBreaker.Closed(0, 1000);
        for (var i = 0; i < 5; i++)
        {
            breaker = breaker.AfterFailure(new PackId("a"), FailureKind.Error, "no libtorch", 0);
        }

        Assert.False(breaker.IsOpen);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void Twenty_trials_without_retries_left_open_it(int trials, bool isOpen) =>
        Assert.Equal(
            isOpen, CircuitBreaker.Closed(0, 1000).AfterFailure(new PackId("a"), FailureKind.OutOfMemory, "no memory", trials).IsOpen);

    [Fact]
    public void In_a_sweep_of_fewer_than_twenty_trials_all_of_them_are_enough()
    {
        var breaker = CircuitBreaker.Closed(committed: 0, pending: 8).AfterFailure(new PackId("a"), FailureKind.Error, "no library", 4);
        Assert.False(breaker.IsOpen);
        Assert.True(breaker.AfterFailure(new PackId("b"), FailureKind.Error, "no library", 4).IsOpen);
    }

    [Fact]
    public void The_last_few_trials_of_a_sweep_that_works_fail_for_themselves() =>
        Assert.False(
            CircuitBreaker.Closed(committed: 100, pending: 8).AfterFailure(new PackId("a"), FailureKind.Error, "no library", 8).IsOpen);

    [Fact]
    public void Lost_and_stopped_packs_say_nothing_about_the_sweep()
    {
        var breaker = CircuitBreaker.Closed(0, 1000);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            breaker = breaker.AfterFailure(new PackId(name), FailureKind.Lost, "gone", 100)
                .AfterFailure(new PackId(name), FailureKind.Drained, "stopped", 100);
        }

        Assert.False(breaker.IsOpen);
    }

    private static CircuitBreaker After(params string[] reasons)
    {
        var breaker = CircuitBreaker.Closed(0, 1000);
        for (var i = 0; i < reasons.Length; i++)
        {
            breaker = breaker.AfterFailure(new PackId($"pack-{i}"), FailureKind.Error, reasons[i], 0);
        }

        return breaker;
    }
}
