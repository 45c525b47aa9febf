using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Figures and tables that would show nothing, or something else than one thinks.</summary>
public class EmptyFigureTests
{
    [Theory]
    [InlineData("{ metric: loss, split: test }", "'loss' was not measured for split 'test'", "there is: train, validation")]
    [InlineData("{ metric: loss, split: tran }", "'loss' was not measured for split 'tran'", "did you mean 'train'?")]
    [InlineData("{ metric: loss, where: { component: brnches } }", "not measured for component 'brnches'", "it has no component")]
    [InlineData(
        "{ metric: loss, baseline: { split: test }, x: noise }", "'loss' was not measured for split 'test'", "there is: train, validation")]
    [InlineData("{ metric: loss, reduce: crossing(-1) }", "no curve of 'loss' crosses -1", "values lie between")]
    [InlineData("{ metric: loss, reduce: step=12 }", "'loss' was not measured at step 12", "near it: 10, 20, 0")]
    [InlineData("{ metric: modes, where: { index: [0, 7] } }", "not measured for index '7'", "there is: 0, 1, 2")]
    public void A_figure_that_is_asked_for_and_shows_nothing_is_refused_with_what_there_is(string figure, string problem, string remedy)
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var refused = Assert.Throws<SweepException>(() => FigureFiles.Write(
            folder.Path, plan, [plan.ReadFigure("--figure", figure)], temporary.In("out"), null));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.False(Directory.Exists(temporary.In("out")));
    }

    [Fact]
    public void A_figure_of_a_sweep_that_shows_nothing_any_more_is_named_and_its_old_files_go()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(SyntheticSweep.Yaml + "\nfigures: [modes, loss]"), path);
        Assert.True(File.Exists(Path.Combine(folder.Figures, "loss.png")));

        var notes = new List<string>();
        var plan = SyntheticSweep.Plan(SyntheticSweep.Yaml + "\nfigures: [modes, { metric: loss, split: test }]");
        using (var open = SyntheticSweep.Open(plan, path, notes))
        {
            open.Derive(plan, SyntheticSweep.Train(plan, open));
        }

        Assert.Equal(["figure 'loss' has nothing to draw: 'loss' was not measured for split 'test'; there is: train, validation"], notes);
        Assert.Equal(
            ["modes.csv", "modes.png", "modes.svg"],
            Directory.EnumerateFiles(folder.Figures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Where_all_trials_diverged_at_once_the_figure_says_so_and_asks_for_no_axis()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        FigureFault("loss", _ => 5, "all trials diverged before the second measurement");
        FigureFault("loss", _ => 0, "all trials diverged before the second measurement");
        FigureFault("{ metric: loss, kind: summary, x: noise }", _ => 15, "all trials diverged before the end");

        void FigureFault(string figure, Func<Trial, long?> divergesAt, string problem)
        {
            var folder = SyntheticSweep.Run(plan, temporary.In($"synthetic{divergesAt(plan.TrialAt(0))}"), divergesAt);
            var refused = Assert.Throws<SweepException>(
                () => FigureFiles.Write(folder.Path, plan, [plan.ReadFigure("--figure", figure)], temporary.In("out"), null));
            Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
            Assert.Contains("the learning rate", refused.Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, 0, "undefined for all of these networks")]
    [InlineData(true, 1, "undefined for some networks: between 0 and 1 of 4 seeds")]
    [InlineData(
        false, 1,
        "mean over up to 1 seed. Bands: 95 % confidence interval of the mean (Student t). Not all seeds are done: between "
        + "0 and 1 of 4 of a curve")]
    public void What_is_undefined_is_told_from_what_is_not_there_yet(bool isComplete, int defined, string expected)
    {
        var caption = new CurveCaption(isCurve: true, new AxisScale(false, 0, 40), isComplete);
        caption.Count(0, new CurvePoint(0, defined, 4, 0, 1, 1, 1));
        caption.Count(40, new CurvePoint(40, 0, 4, 0, double.NaN, double.NaN, double.NaN));
        Assert.Contains(expected, string.Join(' ', caption.Sentences), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour")]
    [InlineData("panels")]
    [InlineData("rows")]
    public void What_has_one_value_tells_nothing_apart(string key)
    {
        var plan = SyntheticSweep.Plan(SyntheticSweep.Yaml + $"\nfigures: [ {{ metric: loss, {key}: biased }} ]");
        var refused = Assert.Throws<SweepException>(() => FigureCatalog.Check(plan));
        Assert.Contains("nothing to tell apart by 'biased'", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"another `{key}`", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_says_which_of_several_series_it_shows()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        Assert.Equal("validation loss", new SeriesChoice("loss").In(folder.Path).Describe(SyntheticSweep.Experiment));
        Assert.Equal("train loss", new SeriesChoice("loss", "train").In(folder.Path).Describe(SyntheticSweep.Experiment));
        Assert.Equal("train loss", new SeriesChoice("loss") { UsualSplit = "test" }.In(folder.Path).Describe(SyntheticSweep.Experiment));
        Assert.Equal("modes (index 2)", new SeriesChoice("modes", Index: 2).In(folder.Path).Describe(SyntheticSweep.Experiment));
        Assert.Equal("--index (3 of them)", new SeriesChoice("modes").In(folder.Path).Others);
        var barrier =
            new ChosenSeries("barrier", "train", "same trunk", 0, 1) { Components = ["same trunk", "0-1"], Indices = 1, Members = 4 };
        Assert.Equal("train barrier (same trunk, member 1)", barrier.Describe(SyntheticSweep.Experiment));
        Assert.Equal("--component (same trunk, 0-1), --member (4 of them)", barrier.Others);
    }

    [Fact]
    public void Groups_of_pairs_stand_before_single_pairs_and_the_second_matrix_before_the_tenth()
    {
        Assert.Equal(
            ["W2", "W10", "same trunk", "different trunks", "0-1", "2-3", "0-10"],
            ((string[])["0-10", "different trunks", "2-3", "W10", "0-1", "same trunk", "W2"]).Order(ComponentOrder.Instance));
    }

    [Fact]
    public void Where_not_all_components_have_room_groups_of_pairs_are_shown_first_and_layers_are_spread()
    {
        Assert.Equal(
            [0, 1, 2], Dimension.Of("component", (string[])["same trunk", "different trunks", "0-1", "0-2", "0-3", "1-2"]).Spread(3));
        Assert.Equal([0, 2, 4], Dimension.Of("component", (string[])["W1", "W2", "W3", "W4", "W5"]).Spread(3));
    }

    public static TheoryData<MetricDimension[], string, string, string> Dimensions => new()
    {
        { [], "one", "component", "index" },
        { [Split], "one a split", "component", "index" },
        { [new("weight matrix", MetricColumn.Component)], "one a weight matrix", "weight matrix", "index" },
        { [Split, new("mode", MetricColumn.Index)], "one a split and mode", "mode", "mode" },
        {
            [new("output", MetricColumn.Component), new("validation example", MetricColumn.Index)],
            "one an output and validation example", "output", "validation example"
        },
        {
            [Split, new("part", MetricColumn.Component) { Names = ["linear", "nonlinear", "cross"] }, new("mode", MetricColumn.Index)],
            "one a split, part (linear, nonlinear, cross) and mode", "part", "mode"
        },
    };

    private static MetricDimension Split { get; } = new("split", MetricColumn.Split);

    [Theory, MemberData(nameof(Dimensions))]
    public void A_metric_says_in_words_what_its_dimensions_are(MetricDimension[] dimensions, string shape, string component, string index)
    {
        var declared = new MetricDeclaration("some", 1, "", _ => 1) { Dimensions = [.. dimensions] };
        Assert.Equal((shape, component, index), (declared.Shape, declared.ComponentName, declared.IndexName));
    }
}
