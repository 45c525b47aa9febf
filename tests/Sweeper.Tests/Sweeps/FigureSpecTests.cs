using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public class FigureSpecTests
{
    private const string Full =
        "{ metric: loss, kind: final_value, name: best, split: train, x: noise, panels: depth, rows: split, colour: index, seeds: true, log_x: false, log_y: true, where: { depth: [4, 2], noise: 0.50 } }";

    [Fact]
    public void A_table_says_how_a_metric_is_drawn_and_the_resolved_file_says_the_same()
    {
        var plan = SyntheticSweep.Plan(SyntheticSweep.Yaml + $"\nfigures: [ modes, {Full}, {{ metric: loss, where: {{ spectrum: [3, 2, 1] }} }} ]");
        var spec = plan.Figures[1];
        Assert.Equal(("best", "loss", "final_value", "noise", "depth", "split", "index"), (spec.Name, spec.Metric, spec.Kind, spec.X, spec.Panels, spec.Rows, spec.Colour));
        Assert.Equal((true, false, true), (spec.Seeds, spec.LogX, spec.LogY));
        Assert.Equal(["split: [\"train\"]", "depth: [\"4\", \"2\"]", "noise: [\"0.5\"]"], spec.Where.Select(filter => filter.ToString()));
        var again = SweepPlan.Parse(plan.ResolvedText, SyntheticSweep.Catalog);
        Assert.Equal(plan.Figures, again.Figures);
        Assert.Equal(plan.ResolvedText, again.ResolvedText);
        Assert.Equal(plan.Hash, SyntheticSweep.Plan().Hash);
    }

    [Theory]
    [InlineData("{ metric: loss, colr: noise }", "unknown key 'colr'", "'colour'")]
    [InlineData("{ kind: mean_curves }", "lacks 'metric'", "metric: name")]
    [InlineData("{ metric: loss, panels: nois }", "'nois' tells no curves apart", "'noise'")]
    [InlineData("{ metric: loss, where: { dept: 4 } }", "'dept' tells no curves apart", "'depth'")]
    [InlineData("{ metric: loss, where: { depth: 3 } }", "this sweep has no depth = 3", "2, 4")]
    [InlineData("{ metric: loss, where: { depth: [] } }", "empty", "at least one")]
    [InlineData("{ metric: loss, log_x: yes }", "'log_x' must be true or false", "log_x: true")]
    [InlineData("{ metric: loss, name: a/b }", "'a/b' cannot be the name of a file", "letters")]
    [InlineData("loss, loss", "'loss' stands twice", "`name`")]
    [InlineData("[loss]", "a list stands in it", "metric: name")]
    public void A_wrong_figure_is_a_usage_error_with_its_place(string figure, string problem, string remedy)
    {
        var refused = Assert.Throws<SweepException>(() => SyntheticSweep.Plan(SyntheticSweep.Yaml + $"\nfigures: [ {figure} ]"));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.Contains("synthetic.yaml:12:", refused.Place, StringComparison.Ordinal);
    }
}
