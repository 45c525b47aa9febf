using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Results.Claims;
using Sweeper.Results.Figures;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Discrepancies between what was trained and what was predicted: 1/2 and 1/4 for two of three modes.</summary>
public sealed class DiscrepancyTests : IDisposable
{
    private const int Seeds = 4;

    private readonly TemporaryFolder temporary = new();
    private readonly SweepPlan plan = SyntheticSweep.Plan();
    private readonly ResultFolder folder;

    public DiscrepancyTests()
    {
        folder = new ResultFolder(temporary.In("synthetic"));
        using var open = new SweepFolders("test", theory: new Halves()).OpenForWriting(plan, folder.Path);
        open.Derive(plan, SyntheticSweep.Train(plan, open));
    }

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void They_are_means_over_seeds_of_the_logarithm_of_the_ratio()
    {
        const string columns = "curve_id, step, index, n, n_planned, mean, std";
        var rows = Duck.Query($"SELECT {columns} FROM '{folder.Curves}' WHERE source = 'discrepancy' AND metric = 'modes' ORDER BY ALL");
        // Six points, two steps, two modes; the third mode and the loss have no prediction.
        Assert.Equal(24, rows.Count);
        Assert.Equal([[24L]], Duck.Query($"SELECT count(*) FROM '{folder.Curves}' WHERE source = 'discrepancy'"));
        foreach (var row in rows)
        {
            var (step, index, prediction) = ((long)row[1]!, (int)row[2]!, (int)row[2]! == 0 ? 0.5 : 0.25);
            var own = Enumerable.Range(0, (int)plan.TrialCount).Select(i => plan.TrialAt(i))
                .Where(trial => trial.CurveId.Hex == (string)row[0]!)
                .Select(trial => Math.Log(SyntheticSweep.Value(trial, step, "modes", "", index) / prediction)).ToList();
            Assert.Equal([Seeds, Seeds], row[3..5]);
            Assert.Equal(own.Average(), (double)row[5]!, 1e-12);
            Assert.Equal(Math.Sqrt(own.Sum(value => Math.Pow(value - own.Average(), 2)) / (Seeds - 1)), (double)row[6]!, 1e-12);
        }
    }

    [Theory]
    [InlineData("theory", "modes in theory")]
    [InlineData("discrepancy", "ln(modes / theory)")]
    public void A_figure_of_one_source_draws_no_other(string source, string title)
    {
        var files = FigureFiles.Write(
            folder.Path, plan, [plan.ReadFigure("--figure", $"{{ metric: modes, source: {source} }}")], temporary.In("out"), new Halves());
        Assert.Equal($"modes_{source}.csv", Path.GetFileName(files[2]));
        Assert.Equal([[source]], Duck.Query($"SELECT DISTINCT source FROM read_csv('{files[2]}')"));
        Assert.Contains(title, File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Equal(source == "theory", File.ReadAllText(files[0]).Contains("Lines: halves.", StringComparison.Ordinal));
    }

    [Fact]
    public void One_number_of_a_curve_is_that_of_the_mean_curve()
    {
        const string figure = "{ metric: modes, source: discrepancy, x: noise, reduce: minimum, where: { depth: 2, index: 0 } }";
        var files = FigureFiles.Write(folder.Path, plan, [plan.ReadFigure("--figure", figure)], temporary.In("out"), new Halves());
        const string asked = "source = 'discrepancy' AND depth = 2 AND index = 0";
        Assert.Equal(
            Duck.Query($"SELECT noise, min(mean) FROM '{folder.Curves}' WHERE {asked} GROUP BY noise ORDER BY noise"),
            Duck.Query($"SELECT noise::DOUBLE, mean FROM read_csv('{files[2]}') ORDER BY noise"));
    }

    [Theory]
    [InlineData("{ metric: modes, source: discrepancy, seeds: true }")]
    [InlineData("{ metric: modes, source: theory, x: noise, mean: geometric }")]
    [InlineData("{ metric: modes, source: theory, x: noise, baseline: { depth: 2 } }")]
    public void Single_seeds_are_not_drawn_of_them(string figure)
    {
        var refused = Assert.Throws<SweepException>(() => FigureCatalog.CheckKind(plan.ReadFigure("--figure", figure)));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("single seeds", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_without_predictions_has_nothing_to_draw()
    {
        var refused = Assert.Throws<SweepException>(() => FigureFiles.Write(
            folder.Path, plan, [plan.ReadFigure("--figure", "{ metric: loss, source: theory }")], temporary.In("out"), new Halves()));
        Assert.Contains("nothing is predicted of 'loss'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scale modes by 1", 0)]
    [InlineData("scale modes by 3", 1.0986122886681098)]
    public void What_is_measured_otherwise_is_otherwise_discrepant(string mutation, double shift)
    {
        using var connection = ResultViews.Open(folder, MutatedViews.Prepare);
        MutatedViews.Apply(connection, Mutation.Parse(mutation)!, plan.Derived);
        const string key = "curve_id, step, source, metric, split, component, index";
        var rows = ResultQuery.Run(
            connection, $"SELECT a.mean - b.mean, a.n, b.n FROM curves a JOIN main.curves b USING ({key}) WHERE source = 'discrepancy'")
            .Rows;
        Assert.Equal(24, rows.Count);
        Assert.All(rows, row => Assert.Equal(shift, (double)row[0]!, 1e-12));
        Assert.All(rows, row => Assert.Equal(row[1], row[2]));
    }
}
