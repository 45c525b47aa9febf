using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>Ten million trials are a few bits each. Work is counted, not timed.</summary>
[Collection(nameof(LargePlanTests))]
[CollectionDefinition(nameof(LargePlanTests), DisableParallelization = true)]
public sealed class LargePlanTests
{
    private const long Budget = 50_000_000;
    private const string Grid = """
        sweep: large
        experiment: toy
        seeds: 20
        grid:
          depth: [2, 3, 4, 5, 6]
          noise: { linspace: [0, 1, 100] }
          lr: { geomspace: [1e-5, 1, 100] }
          weight_decay: { linspace: [0, 1, 10] }

        """;

    [Theory]
    [InlineData("", 10_000_000)]
    [InlineData("exclude: [ \"depth == 4 and noise > 0.5\", \"lr * weight_decay > 0.3\" ]\n", 0)]
    [InlineData("when: { weight_decay: noise > 0.2 }\ngrids: [ { grid: { depth: [3, 7], noise: [0, 2] } } ]\n", 0)]
    [InlineData("exclude: [ \"seed > 9 and depth > 4\" ]\n", 8_000_000)]
    public void A_plan_of_ten_million_trials_with_its_hash_and_its_cut_allocates_less_than_fifty_megabytes(string more, long trials)
    {
        FakeCatalog.Plan("sweep: small\nexperiment: toy\nexclude: [ \"depth > 4\" ]\ngrid: { depth: [2, 8] }");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var plan = FakeCatalog.Plan(Grid + more);
        var last = plan.TrialAt(plan.TrialCount - 1);
        var spent = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.True(spent < Budget, $"{spent} bytes");
        Assert.True(trials == 0 ? plan.TrialCount > 5_000_000 : plan.TrialCount == trials, $"{plan.TrialCount} trials");
        Assert.Equal(plan.TrialCount, plan.Packs.Sum(pack => (long)pack.Count));
        Assert.Equal(20, last.Id.Hex.Length);
    }
}
