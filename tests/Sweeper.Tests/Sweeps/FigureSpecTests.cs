using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public class FigureSpecTests
{
    private const string Full =
        "{ metric: loss, source: discrepancy, kind: final_value, name: best, split: train, x: noise, y: depth, reduce: crossing(1e-1), "
        + "mean: geometric, spread: variance, baseline: { noise: 0, depth: 2 }, mark: min, bin: 0.5, scale_by: depth, panels: depth, "
        + "rows: split, colour: index, seeds: true, log_x: false, log_y: true, where: { depth: [4, 2], noise: 0.50 } }";

    [Fact]
    public void A_table_says_how_a_metric_is_drawn_and_the_resolved_file_says_the_same()
    {
        var plan = SyntheticSweep.Plan(
            SyntheticSweep.Yaml + $"\nfigures: [ modes, {Full}, {{ metric: loss, where: {{ spectrum: [3, 2, 1] }} }} ]");
        var spec = plan.Figures[1];
        Assert.Equal(
            ("best", "loss", "final_value", "noise", "depth", "split", "index"),
            (spec.Name, spec.Metric, spec.Kind, spec.X, spec.Panels, spec.Rows, spec.Colour));
        Assert.Equal(
            ("depth", new Reduction.Crossing(0.1), new Reduction.Minimum(), "depth"), (spec.Y, spec.Reduce, spec.Mark, spec.ScaleBy));
        Assert.Equal((0.5, MeasurementSource.Discrepancy), (spec.Bin, spec.Source));
        Assert.Equal(["noise: [\"0\"]", "depth: [\"2\"]"], spec.Baseline.Select(filter => filter.ToString()));
        Assert.Equal((true, false, true, true, true), (spec.Seeds, spec.LogX, spec.LogY, spec.IsGeometric, spec.IsVariance));
        Assert.Equal(["split: [\"train\"]", "depth: [\"4\", \"2\"]", "noise: [\"0.5\"]"], spec.Where.Select(filter => filter.ToString()));
        var again = SweepPlan.Parse(plan.ResolvedText, SyntheticSweep.Catalog);
        Assert.Equal(plan.Figures, again.Figures);
        Assert.Equal(plan.ResolvedText, again.ResolvedText);
        Assert.Equal(plan.Hash, SyntheticSweep.Plan().Hash);
    }

    [Theory]
    [InlineData("{ metric: loss, kind: final_value }", "loss_final_value")]
    [InlineData("{ metric: loss, kind: final_value, x: noise }", "loss_against_noise")]
    [InlineData("{ metric: loss, kind: summary, x: noise, reduce: final }", "loss_against_noise")]
    [InlineData("{ metric: loss, x: noise, reduce: argmin_step }", "loss_argmin_step_against_noise")]
    [InlineData("{ metric: loss, x: noise, reduce: crossing(0.1) }", "loss_crossing_against_noise")]
    [InlineData("{ metric: loss, x: depth, reduce: step=20, baseline: { noise: 0 } }", "loss_step_20_difference_against_depth")]
    [InlineData("{ metric: loss, kind: heat_map, x: noise }", "loss_heat_map_against_noise")]
    [InlineData("{ metric: loss, source: run }", "loss")]
    [InlineData("{ metric: loss, x: noise, spread: variance }", "loss_variance_against_noise")]
    [InlineData("{ metric: loss, source: theory, x: noise, reduce: minimum }", "loss_theory_minimum_against_noise")]
    public void Files_are_named_after_what_is_drawn(string figure, string name) =>
        Assert.Equal(name, SyntheticSweep.Plan().ReadFigure("--figure", figure).Name);

    [Theory]
    [InlineData("{ metric: loss, colr: noise }", "unknown key 'colr'", "'colour'")]
    [InlineData("{ kind: mean_curves }", "lacks 'metric'", "metric: name")]
    [InlineData("{ metric: loss, panels: nois }", "'nois' tells no curves apart", "'noise'")]
    [InlineData("{ metric: loss, where: { dept: 4 } }", "'dept' tells no curves apart", "'depth'")]
    [InlineData("{ metric: loss, where: { optimiser: gd } }", "'optimiser' tells no curves apart", "did you mean 'optimizer'?")]
    [InlineData("{ metric: loss, reduce: minium }", "'minium' is no number of a curve", "did you mean 'minimum'?")]
    [InlineData("{ metric: loss, mark: minium }", "'minium' cannot be marked", "mark: minimum")]
    [InlineData("{ metric: loss, where: { depth: 3 } }", "this sweep has no depth = 3", "2, 4")]
    [InlineData("{ metric: loss, where: { depth: [] } }", "empty", "at least one")]
    [InlineData("{ metric: loss, log_x: yes }", "'log_x' must be true or false", "log_x: true")]
    [InlineData("{ metric: loss, reduce: best }", "'best' is no number of a curve", "argmin_step")]
    [InlineData("{ metric: loss, bin: 0 }", "'0' is no width of a bin", "bin: 0.2")]
    [InlineData("{ metric: loss, source: theorie }", "'theorie' is no source of numbers", "run, theory, discrepancy")]
    [InlineData("{ metric: loss, mean: harmonic }", "'harmonic' is no mean", "mean: geometric")]
    [InlineData("{ metric: loss, spread: range }", "'range' is no spread", "spread: variance")]
    [InlineData("{ metric: loss, mark: final }", "'final' cannot be marked", "mark: minimum")]
    [InlineData("{ metric: loss, baseline: { noise: [0, 1] } }", "'baseline' takes one value of 'noise'", "baseline: { noise: value }")]
    [InlineData("{ metric: loss, baseline: { noise: 7 } }", "this sweep has no noise = 7", "0, 0.5, 1")]
    [InlineData("{ metric: loss, x: depth }, { metric: loss, kind: final_value, x: depth }", "'loss_against_depth' stands twice", "`name`")]
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

    [Theory]
    [InlineData("metric: cosine, x: theta", false, "known are: width")]
    [InlineData("metric: cosine, x: layer", false, "did you mean 'layers'?")]
    [InlineData("metric: agreement, x: theta", false, "known are: width, split, index")]
    [InlineData("metric: agreement, x: theta", true, "known are: width, split, index, member")]
    [InlineData("metric: agreement, x: layer", false, "did you mean 'index'? it is what figures call 'layer'")]
    [InlineData("metric: agreement, where: { point_of_the_line: 3 }", false, "known are: width, split, index")]
    [InlineData("metric: overlap, x: pair_of_networks", false, "did you mean 'component'? it is what figures call 'pair of networks'")]
    public void Only_what_the_metric_has_is_offered_and_by_the_name_that_figures_call_it(string figure, bool isEnsemble, string remedy)
    {
        var experiment = new ExperimentDeclaration(
            "toy", 1, "Trains nothing.",
            [
                Hyperparameter.Integer("steps", Binding.Static, 10, "length"), Hyperparameter.Integer("width", Binding.Static, 2, "units"),
                Hyperparameter.Integer("layers", Binding.Static, 2, "depth"),
            ],
            [],
            [
                new MetricDeclaration("cosine", 1, "cosine", _ => 1),
                new MetricDeclaration("agreement", 1, "agreement", _ => 4)
                {
                    Dimensions = [new MetricDimension("split", MetricColumn.Split), new MetricDimension("layer", MetricColumn.Index)],
                },
                new MetricDeclaration("overlap", 1, "overlap", _ => 4)
                {
                    Dimensions = [new MetricDimension("pair of networks", MetricColumn.Component)],
                },
            ]);
        var refused = Assert.Throws<SweepException>(() => SweepPlan.Create(
            SweepFile.Parse(
                "sweep: toy\nexperiment: toy\ngrid: { width: [2, 3] }\nmeasure: [ { at: end, metrics: [cosine, agreement, overlap] } ]\n"
                + $"figures: [ {{ {figure} }} ]", "toy.yaml", SweepOverrides.None),
            new FakeCatalog(isEnsemble ? OfPairs(experiment) : experiment)));
        Assert.EndsWith("tells no curves apart", refused.Message, StringComparison.Ordinal);
        Assert.Equal(remedy, refused.Remedy);
        Assert.Empty(refused.Others);
    }

    private static ExperimentDeclaration OfPairs(ExperimentDeclaration one) =>
        new(one.Name, one.Version, one.Doc, one.Hyperparameters, one.Streams, one.Metrics) { LanesPerTrial = _ => 2 };

    [Theory]
    [InlineData("", "depth: 2", "3, 4")]
    [InlineData("", "steps: 100", "40")]
    [InlineData("\ngrids: [ { name: long, fixed: { steps: 60 } } ]", "steps: 100", "40, 60")]
    [InlineData("\nwhen: { depth: noise > 0 }", "depth: 5", "3, 4, 2")]
    public void A_default_is_a_value_of_the_sweep_only_where_a_point_has_it(string more, string filter, string known)
    {
        var refused = Assert.Throws<SweepException>(() => Filtered(more, filter));
        Assert.Equal(($"this sweep has no {filter.Replace(":", " =", StringComparison.Ordinal)}", $"it has: {known}"),
            (refused.Message, refused.Remedy));
    }

    [Theory]
    [InlineData("", "steps: 40")]
    [InlineData("\ngrids: [ { name: long, fixed: { steps: 60 } } ]", "steps: 60")]
    [InlineData("\ngrids: [ { name: other, grid: { biased: [true] } } ]", "biased: false")]
    [InlineData("\nwhen: { depth: noise > 0 }", "depth: 2")]
    public void Whatever_some_point_has_can_be_drawn(string more, string filter) =>
        Assert.Single(Assert.Single(Filtered(more, filter).Figures).Where);

    private static SweepPlan Filtered(string more, string filter) => SyntheticSweep.Plan(
        SyntheticSweep.Yaml.Replace("depth: [2, 4]", "depth: [3, 4]", StringComparison.Ordinal)
            + $"{more}\nfigures: [ {{ metric: loss, where: {{ {filter} }} }} ]");

    [Fact]
    public void A_figure_that_breaks_off_on_the_command_line_is_shown()
    {
        var refused = Assert.Throws<SweepException>(() => SyntheticSweep.Plan().ReadFigure("--figure", "{ metric: loss"));
        Assert.Contains("--figure { metric: loss\n", refused.Place, StringComparison.Ordinal);
    }
}
