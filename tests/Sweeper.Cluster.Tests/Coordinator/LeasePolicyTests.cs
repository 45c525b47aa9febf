using System.Collections.Immutable;
using Sweeper.Cluster.Coordinator;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Coordinator;

public sealed class LeasePolicyTests
{
    private static readonly SweepNeeds Needs = new(new ExperimentVersion("teacher-student", 2), "torch 2.10 cpu", "0.1.0");

    private static readonly WorkerReady Fit = new("w", "1", "cpu", "torch 2.10 cpu", [new("random", 1), new("teacher-student", 2)], "0.1.0");

    [Fact]
    public void A_worker_with_the_same_build_experiment_and_numerics_may_train() => Assert.Null(LeasePolicy.Refusal(Fit, Needs));

    [Fact]
    public void The_first_worker_may_have_any_numerics() =>
        Assert.Null(LeasePolicy.Refusal(Fit with { Numerics = "other" }, Needs with { Numerics = null }));

    [Fact]
    public void Other_numerics_wait_and_are_told_both_names()
    {
        var reason = LeasePolicy.Refusal(Fit with { Numerics = "torch 2.10 cuda" }, Needs);

        Assert.Contains("torch 2.10 cuda", reason);
        Assert.Contains("torch 2.10 cpu", reason);
    }

    [Fact]
    public void A_worker_that_knows_another_version_of_the_experiment_waits() =>
        Assert.Contains("version 2", LeasePolicy.Refusal(Fit with { Experiments = [new("teacher-student", 1)] }, Needs));

    [Fact]
    public void Another_build_waits() => Assert.Contains("0.2.0", LeasePolicy.Refusal(Fit with { Version = "0.2.0" }, Needs));

    [Fact]
    public void Packs_are_given_in_the_order_of_the_plan_those_that_failed_last() =>
        Assert.Equal(3, LeasePolicy.Choose([new(1, 0), new(0, 3), new(0, 5)], new Dictionary<int, string>(), "w"));

    [Fact]
    public void A_pack_goes_to_another_worker_than_the_one_that_lost_it()
    {
        ImmutableSortedSet<PendingPack> pending = [new(0, 0), new(0, 1)];
        var lostBy = new Dictionary<int, string> { [0] = "w" };

        Assert.Equal(1, LeasePolicy.Choose(pending, lostBy, "w"));
        Assert.Equal(0, LeasePolicy.Choose(pending, lostBy, "v"));
        Assert.Equal(0, LeasePolicy.Choose([new(0, 0)], lostBy, "w"));
    }

    [Theory]
    [InlineData(FailureKind.Error, 2, 1, false)]
    [InlineData(FailureKind.Error, 3, 1, true)]
    [InlineData(FailureKind.OutOfMemory, 3, 1, true)]
    [InlineData(FailureKind.Lost, 99, 9, false)]
    [InlineData(FailureKind.Lost, 1, 10, true)]
    [InlineData(FailureKind.Drained, 99, 99, false)]
    [InlineData(FailureKind.Storage, 99, 99, false)]
    public void Errors_are_tried_twice_more_losses_ten_times_and_stops_for_ever(FailureKind kind, int attempts, int losses, bool givesUp) =>
        Assert.Equal(givesUp, LeasePolicy.GivesUp(kind, attempts, losses));
}
