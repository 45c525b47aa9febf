using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
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
        var bars = line.Xs.Index().Where(place => place.Index % 2 == 1 && line.Means[place.Index] > 0).Select(place => (place.Item, line.Means[place.Index])).ToList();
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
    public void Predicted_values_that_lie_together_are_a_density_and_one_that_stands_alone_is_a_line()
    {
        // Between 0 and 1 the values are quantiles of the density 2 x: x = sqrt(p), 40 of them.
        double[] dense = [.. Enumerable.Range(0, 40).Select(rank => Math.Sqrt((rank + 0.5) / 40))];
        var lines = new Bins(0.2).Densities([.. dense, 3], 3).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines[0].Xs.Zip(lines[0].Ys), point => Assert.Equal(40 * 0.2 * 2 * point.First, point.Second, 1e-9));
        Assert.Equal([3, 3], lines[1].Xs);
        Assert.Equal([0, 1], lines[1].Ys);
    }
}
