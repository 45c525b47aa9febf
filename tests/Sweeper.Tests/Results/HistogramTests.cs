using Sweeper.Core.Ports;
using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

public class HistogramTests
{
    [Fact]
    public void Bars_are_the_numbers_of_values_in_a_bin_over_the_number_of_seeds()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        using var connection = ResultViews.Open(folder);
        var spec = plan.ReadFigure("--figure", "{ metric: modes, kind: histogram, bin: 0.03, where: { depth: 4, noise: 1 } }");
        var drawn = FigureCatalog.Draw(spec, new FigureData(plan, connection, null))!;
        var line = Assert.Single(Assert.Single(Assert.Single(drawn.Rows).Panels).Lines);
        var expected = Duck.Query(
            $"""
            SELECT floor(value / 0.03), count(*) / 4 FROM '{folder.Segments}/*.parquet' JOIN '{folder.Trials}' USING (trial_id)
            WHERE metric = 'modes' AND depth = 4 AND noise = 1 AND step = 40 GROUP BY ALL ORDER BY ALL
            """).Select(row => ((double)row[0]! * 0.03, (double)row[1]!)).ToList();
        // The second of two places on an edge is the height of the bar to its right.
        var bars = line.Xs.Index().Where(place => place.Index % 2 == 1 && line.Means[place.Index] > 0)
            .Select(place => (place.Item, line.Means[place.Index])).ToList();
        Assert.Equal(expected.Count, bars.Count);
        Assert.All(expected.Zip(bars), pair => Assert.Equal(pair.First.Item1, pair.Second.Item1, 1e-12));
        Assert.Equal(expected.Select(bar => bar.Item2), bars.Select(bar => bar.Item2));
        Assert.Equal((0, 0), (line.Means[0], line.Means[^1]));
        Assert.Contains("mean over 4 seeds", string.Join(' ', drawn.Caption), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.011, 0.01)]
    [InlineData(0.018, 0.02)]
    [InlineData(0.06, 0.05)]
    [InlineData(8, 10)]
    [InlineData(0, 1)]
    public void A_width_that_suits_is_round(double width, double round) => Assert.Equal(round, Bins.Suitable(width), 1e-15);

    [Fact]
    public void A_density_is_the_number_of_values_in_a_bin_and_ends_at_its_edges_with_0()
    {
        // 40 values of the density 2 x between 0 and 1.
        var (xs, ys) = new Bins(0.2).Density(new SpectralDensity(0, 1, x => 40 * 2 * x, [3]) { Count = 41 });
        Assert.Equal((0, 1), (xs[0], xs[^1]));
        Assert.Equal((0, 0), (ys[0], ys[^1]));
        Assert.Equal(xs.Order(), xs);
        Assert.All(xs.Zip(ys).Skip(1).SkipLast(1), point => Assert.Equal(40 * 0.2 * 2 * point.First, point.Second, 1e-9));
    }

    [Fact]
    public void Values_by_themselves_are_bars_as_high_as_their_number() =>
        Assert.Equal(
            [([0, 0], [0, 2]), ([3, 3], [0, 1])], Bins.Bars([0, 3, 0]),
            (one, other) => one.Xs.SequenceEqual(other.Xs) && one.Ys.SequenceEqual(other.Ys));

    [Fact]
    public void Predictions_without_a_density_are_bars()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = new ResultFolder(temporary.In("synthetic"));
        using (var open = new SweepFolders("test", theory: new Halves()).OpenForWriting(plan, folder.Path))
        {
            open.Derive(plan, SyntheticSweep.Train(plan, open));
        }

        using var connection = ResultViews.Open(folder);
        var spec = plan.ReadFigure("--figure", "{ metric: modes, kind: histogram, bin: 0.03, where: { depth: 4, noise: 1 } }");
        var drawn = FigureCatalog.Draw(spec, new FigureData(plan, connection, new Halves()))!;
        var dashed = Assert.Single(Assert.Single(drawn.Rows).Panels).Lines.Where(line => line.Style == LineStyle.Theory).ToList();
        Assert.Equal([0.25, 0.5], dashed.Select(line => line.Xs[0]));
        Assert.All(dashed, line => Assert.Equal([0, 1], line.Means));
        Assert.Contains("1 for a spike", string.Join(' ', drawn.Caption), StringComparison.Ordinal);
    }
}
