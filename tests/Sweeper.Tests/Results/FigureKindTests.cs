using SkiaSharp;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Results;

public sealed class FigureKindTests(FigureKindTests.PartlyDivergedSweep sweep) : IClassFixture<FigureKindTests.PartlyDivergedSweep>
{
    /// <summary>Every kind with something that it can show; every metric has its place in it.</summary>
    public static TheoryData<string, string> Kinds =>
        new(FigureCatalog.Kinds.SelectMany(figure =>
            new[] { "loss", "modes" }.Select(metric => (figure.Kind, $"{{ metric: {metric}, kind: {figure.Kind}, seeds: true }}"))));

    [Theory, MemberData(nameof(Kinds))]
    public void A_kind_draws_a_picture_and_the_same_bytes_again(string kind, string figure)
    {
        using var temporary = new TemporaryFolder();
        var (folder, plan) = sweep;
        var spec = plan.ReadFigure("--figure", figure);
        var first = FigureFiles.Write(folder.Path, plan, [spec], temporary.In("first"), null);
        var second = FigureFiles.Write(folder.Path, plan, [spec], temporary.In("second"), null);
        Assert.Equal([".svg", ".png", ".csv"], first.Select(Path.GetExtension));
        Assert.All(first.Zip(second), pair => Assert.Equal(File.ReadAllBytes(pair.First), File.ReadAllBytes(pair.Second)));
        using var bitmap = SKBitmap.Decode(first[1]);
        var drawn = bitmap.Pixels.Count(pixel => pixel != SKColors.White);
        Assert.InRange(drawn, 0.02 * bitmap.Pixels.Length, 0.9 * bitmap.Pixels.Length);
        Assert.Equal(kind, spec.Kind);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_number_of_a_CSV_is_in_the_curves_or_the_measurements(string kind, string figure)
    {
        using var temporary = new TemporaryFolder();
        var (folder, plan) = sweep;
        var csv = FigureFiles.Write(folder.Path, plan, [plan.ReadFigure("--figure", figure)], temporary.In("out"), null)[2];
        var metric = figure.Contains("loss", StringComparison.Ordinal) ? "loss" : "modes";
        const string key = "curve_id, step, split, component, index, member, source";
        const string numbers = "n, n_planned, n_diverged, mean, ci95_lo, ci95_hi, noise, depth";
        Assert.Empty(Duck.Query(
            "SELECT coalesce(split, ''), * EXCLUDE (split) FROM (SELECT "
            + $"{key.Replace(
                "split, component", "coalesce(split, '') AS split, coalesce(component, '') AS component", StringComparison.Ordinal)}, "
            + $"{numbers} FROM read_csv('{csv}', all_varchar = false) {(SeedsAreDrawn(kind) ? "WHERE seed IS NULL" : "")}) EXCEPT "
            + $"SELECT coalesce(split, ''), * EXCLUDE (split) FROM (SELECT {key}, {numbers} FROM '{folder.Curves}' "
            + $"WHERE metric = '{metric}')"));
        Assert.NotEmpty(Duck.Query($"FROM read_csv('{csv}')"));
        if (SeedsAreDrawn(kind))
        {
            Assert.Empty(Duck.Query(
                $"SELECT curve_id, seed, step, index, mean FROM read_csv('{csv}') WHERE seed IS NOT NULL "
                + $"EXCEPT SELECT t.curve_id, t.seed, m.step, m.index, m.value FROM '{folder.Segments}/*.parquet' m JOIN '{folder.Trials}' "
                + $"t USING (trial_id) WHERE metric = '{metric}'"));
            Assert.NotEmpty(Duck.Query($"FROM read_csv('{csv}') WHERE seed IS NOT NULL"));
        }
    }

    [Fact]
    public void A_summary_is_the_last_measurement_against_its_axis_where_nothing_else_is_asked_for()
    {
        using var temporary = new TemporaryFolder();
        var (folder, plan) = sweep;
        var csv = FigureFiles.Write(
            folder.Path, plan, [plan.ReadFigure("--figure", "{ metric: loss, x: noise, split: train, where: { depth: 4 } }")],
            temporary.In("out"), null)[2];
        Assert.Equal(
            Duck.Query(
                $"SELECT noise, mean FROM '{folder.Curves}' WHERE metric = 'loss' AND split = 'train' AND depth = 4 AND "
                + "step = 40 ORDER BY noise"),
            Duck.Query($"SELECT noise::DOUBLE, mean FROM read_csv('{csv}') ORDER BY noise"));
        Assert.Equal([[40L]], Duck.Query($"SELECT DISTINCT step FROM read_csv('{csv}')"));
    }

    [Fact]
    public void A_point_whose_trials_all_diverged_has_no_final_value_and_the_caption_says_so()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"), trial => trial.Point.Real("noise") == 1 ? 30 : null);
        var files = FigureFiles.Write(
            folder.Path, plan, [plan.ReadFigure("--figure", "{ metric: loss, x: noise, split: train }")], temporary.In("out"), null);
        Assert.Equal([[0.0], [0.5]], Duck.Query($"SELECT DISTINCT noise::DOUBLE FROM read_csv('{files[2]}') ORDER BY 1"));
        Assert.Contains("2 points are left out: all their", File.ReadAllText(files[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_said_the_shape_of_a_metric_decides_its_kind()
    {
        string Best(MetricShape shape) => FigureCatalog.Kinds.MaxBy(figure => figure.Fit(shape))!.Kind;
        Assert.Equal("mean_curves", Best(new MetricShape(10, 1, 1, true)));
        Assert.Equal("mode_curves", Best(new MetricShape(10, 12, 1, true)));
        Assert.Equal("spectrum_curves", Best(new MetricShape(10, 12, 3, true)));
        Assert.Equal("heat_map", Best(new MetricShape(10, 1, 3, false)));
        Assert.Equal("mean_curves", Best(new MetricShape(10, 1, 3, false, AreLines: true)));
        Assert.Equal("summary", Best(new MetricShape(1, 1, 3, true)));
    }

    [Fact]
    public void Predictions_are_rows_of_their_own_and_dashed_lines()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = new ResultFolder(temporary.In("synthetic"));
        using (var open = new SweepFolders("test", theory: new Halves()).OpenForWriting(plan, folder.Path))
        {
            open.Derive(plan, SyntheticSweep.Train(plan, open));
        }

        Assert.Equal(
            [[0L, 0, 1, 1, 0, 0.5, null], [0L, 1, 1, 1, 0, 0.25, null], [40L, 0, 1, 1, 0, 0.5, null], [40L, 1, 1, 1, 0, 0.25, null]],
            Duck.Query(
                $"SELECT DISTINCT step, index, n, n_planned, n_diverged, mean, ci95_lo FROM '{folder.Curves}' WHERE source = "
                + "'theory' ORDER BY 1, 2"));
        Assert.Empty(Duck.Query($"FROM '{folder.Summaries}' WHERE source = 'theory'"));
        Assert.NotEmpty(Duck.Query($"FROM read_csv('{folder.Figures}/modes.csv') WHERE source = 'theory'"));
        var svg = File.ReadAllText(Path.Combine(folder.Figures, "modes.svg"));
        Assert.Contains("halves", svg, StringComparison.Ordinal);
        Assert.Contains("teacher", svg, StringComparison.Ordinal);
        Assert.Contains("Dashed: halves.", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ metric: loss, kind: mean_curvs }", "no kind of figure 'mean_curvs'", "mean_curves")]
    [InlineData("{ metric: loss, kind: mean_curves, x: noise }", "horizontal axis of 'mean_curves' is not 'noise'", "kind: summary")]
    [InlineData(
        "{ metric: loss, kind: mean_curves, reduce: minimum }", "a figure of kind 'mean_curves' has no 'reduce'",
        "kind: heat_map or kind: summary")]
    [InlineData("{ metric: loss, mark: minimum, x: noise }", "no kind of figure has all of 'x', 'mark'", "remove one")]
    [InlineData("{ metric: loss, baseline: { biased: false } }", "nothing to compare with 'biased'", "several values")]
    [InlineData("{ metric: loss, baseline: { noise: 0, split: train } }", "a baseline is one value of one axis", "vary together")]
    [InlineData("{ metric: loss, x: biased }", "nothing to draw against 'biased'", "several values")]
    [InlineData("{ metric: lss }", "unknown figure 'lss'", "did you mean 'loss'?")]
    [InlineData("{ metric: accuracy }", "unknown figure 'accuracy'", "loss, modes")]
    [InlineData("{ name: both, metric: loss, panels: depth, rows: depth }", "'depth' cannot be `panels` and `rows` both", "another name")]
    public void A_figure_that_cannot_be_drawn_is_refused_where_it_stands(string figure, string problem, string remedy)
    {
        var refused = Assert.Throws<SweepException>(() =>
            FigureCatalog.Check(SyntheticSweep.Plan(SyntheticSweep.Yaml + $"\nfigures: [ loss, {figure} ]", FigureCatalog.CheckKind)));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Remedy, StringComparison.Ordinal);
        Assert.Contains("synthetic.yaml:12:18", refused.Place, StringComparison.Ordinal);
    }

    private static bool SeedsAreDrawn(string kind) => kind is not ("heat_map" or "sorted_examples" or "example_curves");

    /// <summary>A finished sweep whose second seed diverged on the way; the tests read it, and draw elsewhere.</summary>
    public sealed class PartlyDivergedSweep : IDisposable
    {
        private readonly TemporaryFolder temporary = new();
        private readonly SweepPlan plan = SyntheticSweep.Plan();
        private readonly ResultFolder folder;

        public PartlyDivergedSweep() => folder = SyntheticSweep.Run(plan, temporary.In("synthetic"), trial => trial.Seed == 1 ? 20 : null);

        internal void Deconstruct(out ResultFolder folder, out SweepPlan plan) => (folder, plan) = (this.folder, this.plan);

        public void Dispose() => temporary.Dispose();
    }
}
