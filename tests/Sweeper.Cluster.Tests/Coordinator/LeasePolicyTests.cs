using System.Collections.Immutable;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Coordinator;

public sealed class LeasePolicyTests
{
    private static readonly SweepNeeds Needs = new(
        new ExperimentVersion("teacher-student", 2), ["torch 2.10 cpu"], AnyNumerics: false, "0.1.0");

    private static readonly WorkerReady Fit = new(
        "w", "1", "cpu", "torch 2.10 cpu", [new("random", 1), new("teacher-student", 2)], "0.1.0");

    [Fact]
    public void A_worker_with_the_same_build_experiment_and_numerics_may_train() => Assert.Null(LeasePolicy.Refusal(Fit, Needs));

    [Fact]
    public void The_first_worker_may_have_any_numerics() =>
        Assert.Null(LeasePolicy.Refusal(Fit with { Numerics = "other" }, Needs with { Numerics = [] }));

    [Fact]
    public void Other_numerics_wait_and_are_told_what_differs_and_what_helps()
    {
        var reason = LeasePolicy.Refusal(Fit with { Numerics = "torch 2.10 cuda" }, Needs);

        Assert.Contains("torch 2.10 cuda / torch 2.10 cpu", reason);
        Assert.Contains("--mixed", reason);
    }

    [Fact]
    public void Other_numerics_may_train_where_that_is_allowed_or_was_before()
    {
        var cuda = Fit with { Numerics = "torch 2.10 cuda" };

        Assert.Null(LeasePolicy.Refusal(cuda, Needs with { AnyNumerics = true }));
        Assert.Null(LeasePolicy.Refusal(cuda, Needs with { Numerics = ["torch 2.10 cpu", "torch 2.10 cuda"] }));
    }

    [Fact]
    public void A_worker_with_lanes_trains_what_torch_began_with_torch_and_one_without_waits_where_lanes_are_asked_for()
    {
        var lanes = Fit with { Numerics = "lanes 1, torch 2.10 cpu" };
        var asked = Needs with { Numerics = [], Fits = EngineKind.Lanes, Asked = EngineKind.Lanes };

        Assert.Null(LeasePolicy.Refusal(lanes, Needs with { Fits = EngineKind.Lanes }));
        Assert.Equal("torch 2.10 cpu", (Needs with { Fits = EngineKind.Lanes }).With(lanes.Numerics));
        Assert.Null(LeasePolicy.Refusal(lanes, asked));
        Assert.Contains("by lanes", LeasePolicy.Refusal(Fit, asked));
    }

    [Fact]
    public void A_worker_with_fused_kernels_trains_by_torch_until_they_are_asked_for()
    {
        var fused = Fit with { Numerics = "fused 1, torch 2.10 cuda" };
        var needs = Needs with { Numerics = [], Fits = EngineKind.Lanes };

        Assert.Equal("torch 2.10 cuda", needs.With(fused.Numerics));
        Assert.Equal(fused.Numerics, (needs with { Asked = EngineKind.Fused }).With(fused.Numerics));
        Assert.Contains("by fused", LeasePolicy.Refusal(Fit, needs with { Asked = EngineKind.Fused }));
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
    [InlineData(FailureKind.Error, 2, 1, Consequence.Retry)]
    [InlineData(FailureKind.Error, 3, 1, Consequence.Bisect)]
    [InlineData(FailureKind.OutOfMemory, 1, 1, Consequence.Shrink)]
    [InlineData(FailureKind.Lost, 99, 9, Consequence.Retry)]
    [InlineData(FailureKind.Lost, 1, 10, Consequence.GiveUp)]
    [InlineData(FailureKind.Drained, 99, 99, Consequence.Retry)]
    [InlineData(FailureKind.Storage, 99, 99, Consequence.Retry)]
    public void A_pack_is_tried_twice_more_then_searched_cut_where_it_is_too_large_and_requeued_for_what_is_not_its_fault(
        FailureKind kind, int attempts, int losses, object consequence) =>
        Assert.Equal(consequence, LeasePolicy.After(TaskOf(lanes: 4), kind, attempts, losses));

    [Theory]
    [InlineData(FailureKind.Error, 2, Consequence.Retry)]
    [InlineData(FailureKind.Error, 3, Consequence.GiveUp)]
    [InlineData(FailureKind.OutOfMemory, 2, Consequence.Retry)]
    [InlineData(FailureKind.OutOfMemory, 3, Consequence.GiveUp)]
    public void A_trial_alone_is_tried_twice_more_and_then_given_up(FailureKind kind, int attempts, object consequence) =>
        Assert.Equal(consequence, LeasePolicy.After(TaskOf(lanes: 1), kind, attempts, losses: 1));

    [Fact]
    public void A_part_of_a_pack_that_was_searched_needs_to_fail_only_once()
    {
        var whole = TaskOf(lanes: 4);
        Assert.Equal(Consequence.Bisect, LeasePolicy.After(whole.Part(whole.Halves[0]), FailureKind.Error, 1, 0));
        Assert.Equal(
            Consequence.GiveUp,
            LeasePolicy.After(whole.Part(whole.Halves[0]).Part(whole.Part(whole.Halves[0]).Halves[1]), FailureKind.Error, 1, 0));
    }

    private static PackTask TaskOf(int lanes)
    {
        var plan = FakeExperiments.Parse($"sweep: test\nexperiment: fake\nseeds: {lanes}\nlanes: {lanes}");
        var left = OpenPack.Of(TrialScope.Of(plan, RunScope.All), plan.Packs[0], new KnownTrials(plan, SweepHistory.Fold([])));
        return PackTask.Of(plan, left, new PackPace().KindOf(left));
    }
}
