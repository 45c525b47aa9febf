using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class TrialScopeTests
{
    private static readonly SweepPlan Plan = FakeCatalog.Plan(
        "sweep: a\nexperiment: toy\nseeds: 3\ngrid: { depth: [2, 4], noise: [0, 1] }");

    [Fact]
    public void The_limit_counts_in_the_order_of_the_plan_among_the_trials_for_which_the_condition_holds()
    {
        Assert.Equal(12, Included(RunScope.All).Count);
        Assert.Equal([0, 1, 2, 3, 4], Included(new RunScope(null, 5)));
        Assert.Equal([1, 3, 5, 7, 9, 11], Included(new RunScope("noise == 1", long.MaxValue)));
        Assert.Equal([1, 3, 5, 7], Included(new RunScope("noise == 1", 4)));
        Assert.Equal([8, 9], Included(new RunScope("depth == 4 and seed == 1", 99)));
        Assert.Empty(Included(new RunScope("depth == 3", 2)));
    }

    [Fact]
    public void A_misspelt_name_is_pointed_at()
    {
        var fault = Assert.Throws<SweepException>(() => TrialScope.Of(Plan, new RunScope("dept == 3", 2)));
        Assert.Equal("  --only dept == 3\n         ^", fault.Place);
        Assert.Equal("did you mean 'depth'?", fault.Remedy);
    }

    [Fact]
    public void A_scope_without_trials_is_refused()
    {
        TrialScope.RefuseEmpty(Plan, RunScope.All);
        TrialScope.RefuseEmpty(Plan, new RunScope("depth == 4 and noise == 1 and seed == 2", 99));
        TrialScope.RefuseEmpty(Plan, new RunScope("depth == 2 and noise == 0 and seed == 0", 1));
        Assert.Equal(
            "--only 'depth == 3' holds for none of the 12 trials",
            Assert.Throws<SweepException>(() => TrialScope.RefuseEmpty(Plan, new RunScope("depth == 3", 2))).Message);
        Assert.Equal(
            "--limit -1 is no number of trials",
            Assert.Throws<SweepException>(() => TrialScope.RefuseEmpty(Plan, new RunScope(null, -1))).Message);
    }

    [Fact]
    public void A_limit_of_none_asks_for_none()
    {
        TrialScope.RefuseEmpty(Plan, new RunScope(null, 0));
        Assert.Empty(Included(new RunScope(null, 0)));
        Assert.Empty(Included(new RunScope("depth == 4", 0)));
    }

    private static List<int> Included(RunScope scope)
    {
        var included = TrialScope.Of(Plan, scope);
        return [.. Enumerable.Range(0, (int)Plan.TrialCount).Where(index => included.Includes(index, Plan.TrialAt(index)))];
    }
}
