using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>What figures say of predictions and discrepancies: two modes of networks of four layers are predicted.</summary>
public sealed class PredictionFigureTests(PredictionFigureTests.Trained trained) : IClassFixture<PredictionFigureTests.Trained>
{
    private readonly SweepPlan plan = trained.Plan;
    private readonly Halves theory = trained.Theory;
    private readonly ResultFolder folder = trained.Folder;

    [Theory]
    [InlineData("histogram", "theory", "shows the run with its theory's density")]
    [InlineData("histogram", "discrepancy", "shows the run with its theory's density")]
    [InlineData("scatter", "theory", "shows the run and has no 'source'")]
    [InlineData("pictures", "discrepancy", "shows the run and has no 'source'")]
    public void Kinds_of_single_networks_show_no_predictions(string kind, string source, string problem)
    {
        var refused = Assert.Throws<SweepException>(
            () => SyntheticSweep.Plan(
                SyntheticSweep.Yaml + $"\nfigures: [ {{ metric: modes, kind: {kind}, source: {source} }} ]", FigureCatalog.CheckKind));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains("remove `source`", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ metric: modes, source: discrepancy, panels: depth }")]
    [InlineData("{ metric: modes, source: theory, rows: depth, x: noise }")]
    [InlineData("{ metric: modes, source: theory, kind: heat_map, x: noise, y: depth, where: { index: 0 } }")]
    [InlineData("{ metric: modes, source: discrepancy, x: depth }")]
    [InlineData("{ metric: modes, colour: depth, where: { index: 0 } }")]
    [InlineData("{ metric: modes, kind: histogram, panels: depth }")]
    public void Values_for_which_nothing_is_predicted_are_named(string figure) =>
        Assert.Contains("Nothing is predicted where depth = 2.", Caption(figure), StringComparison.Ordinal);

    [Theory]
    [InlineData("{ metric: modes, source: theory, panels: noise, where: { depth: 4 } }")]
    [InlineData("{ metric: loss, panels: depth }")]
    [InlineData("{ metric: modes, kind: heat_map, x: noise, y: depth, where: { index: 0 } }")]
    public void Nothing_is_missing_where_all_is_predicted_or_no_prediction_is_drawn(string figure) =>
        Assert.DoesNotContain("predicted", Caption(figure), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "{ metric: modes, source: theory, where: { depth: 2 } }", "nothing is predicted of 'modes' that satisfies all of `where`",
        "or remove `source`")]
    [InlineData("{ metric: modes, source: discrepancy, where: { depth: 2 } }", "nothing is predicted of 'modes'", "or remove `source`")]
    [InlineData("{ metric: modes, source: theory, where: { index: 2 } }", "'modes' is not predicted for index '2'", "there is: 0, 1")]
    public void A_figure_without_predictions_does_not_say_that_nothing_was_measured(string figure, string problem, string remedy)
    {
        var refused = Assert.Throws<SweepException>(
            () => FigureFiles.Write(folder.Path, plan, [plan.ReadFigure("--figure", figure)], trained.Temporary.In("out"), theory));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ metric: modes, source: theory, x: noise, reduce: minimum, where: { depth: 4 } }", "Points: halves.")]
    [InlineData("{ metric: modes, source: theory, kind: heat_map, x: noise, reduce: minimum, where: { depth: 4 } }", "Colours: halves.")]
    [InlineData("{ metric: modes, source: theory, kind: heat_map, where: { depth: 4 } }", "Colours: halves.")]
    [InlineData("{ metric: modes, source: discrepancy, x: noise, reduce: minimum, where: { depth: 4 } }", "Points: of mean curves.")]
    [InlineData(
        "{ metric: modes, source: discrepancy, kind: heat_map, x: noise, reduce: minimum, where: { depth: 4 } }",
        "Colours: of mean curves.")]
    public void Predictions_and_numbers_of_mean_curves_are_of_no_seeds(string figure, string expected)
    {
        var caption = Caption(figure);
        Assert.Contains(expected, caption, StringComparison.Ordinal);
        Assert.DoesNotContain("seed", caption, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_row_bears_the_name_of_its_axis_and_its_value_stands_in_the_caption()
    {
        const string Figure = "{ metric: modes, source: theory, rows: depth, x: noise }";
        var row = Assert.Single(Content(Figure).Rows);
        Assert.StartsWith("modes", row.YLabel, StringComparison.Ordinal);
        Assert.Equal(row.YLabel, row.BriefLabel);
        Assert.Contains("Only depth = 4 has such curves.", Caption(Figure), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_panel_has_no_name_above_it_and_its_value_stands_in_the_caption()
    {
        const string Figure = "{ metric: modes, source: theory, panels: depth, x: noise }";
        Assert.Equal("", Assert.Single(Content(Figure).ColumnTitles));
        Assert.Contains("Only depth = 4 has such curves.", Caption(Figure), StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_of_bands_beyond_a_logarithmic_axis_are_counted()
    {
        var drawn = Content("{ metric: loss, x: noise, mean: geometric, log_y: true, where: { depth: 2 } }");
        // Student's t for four seeds.
        var ends = Duck.Query(
            $"""
            SELECT avg(log10(value)) - half, avg(log10(value)) + half
            FROM (SELECT noise, value, 3.182446305 * stddev_samp(log10(value)) OVER (PARTITION BY noise) / 2 AS half
              FROM '{folder.Segments}/*.parquet' JOIN '{folder.Trials}' USING (trial_id)
              WHERE metric = 'loss' AND split = 'validation' AND depth = 2 AND step = 40)
            GROUP BY noise, half
            """).SelectMany(row => row).Cast<double>();
        var axis = Assert.Single(drawn.Rows).Vertical;
        var beyond = ends.Count(end => end < axis.Low || end > axis.High);
        Assert.True(beyond > 1);
        Assert.Contains(
            $"Bands reach beyond the axis at {beyond} ends and are cut there.", string.Join(' ', drawn.Caption), StringComparison.Ordinal);
    }

    private string Caption(string figure) => string.Join(' ', Content(figure).Caption);

    private SmallMultiples Content(string figure)
    {
        using var connection = ResultViews.Open(folder);
        return FigureCatalog.Draw(plan.ReadFigure("--figure", figure), new FigureData(plan, connection, theory))!;
    }

    /// <summary>Done once for all tests: they only read.</summary>
    public sealed class Trained : IDisposable
    {
        public Trained()
        {
            Folder = new ResultFolder(Temporary.In("synthetic"));
            using var open = new SweepFolders("test", theory: Theory).OpenForWriting(Plan, Folder.Path);
            open.Derive(Plan, SyntheticSweep.Train(Plan, open));
        }

        internal TemporaryFolder Temporary { get; } = new();

        internal SweepPlan Plan { get; } = SyntheticSweep.Plan();

        internal Halves Theory { get; } = new(point => point.Integer("depth") == 4);

        internal ResultFolder Folder { get; }

        public void Dispose() => Temporary.Dispose();
    }
}
