using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Figures whose curves are single examples: the indices of a metric.</summary>
public class ExampleFigureTests
{
    [Fact]
    public void Examples_are_sorted_by_their_mean_over_seeds_at_the_end()
    {
        using var temporary = new TemporaryFolder();
        var (lines, folder) = Lines(temporary, "{ metric: modes, kind: sorted_examples, where: { depth: 4, noise: 1 } }");
        var expected = Duck.Query(
            $"SELECT mean FROM '{folder.Curves}' WHERE metric = 'modes' AND source = 'run' AND depth = 4 AND noise = 1 AND "
            + "step = 40 ORDER BY mean");
        var line = Assert.Single(lines, line => line.Style == LineStyle.Mean);
        Assert.Equal(expected.Select(row => (double)row[0]!), line.Means);
        Assert.Equal(Enumerable.Range(1, expected.Count).Select(rank => (double)rank), line.Xs);
        // Index 1 has about half of index 0: the order of the indices is not the sorted one.
        Assert.NotEqual(
            expected, Duck.Query(
                $"SELECT mean FROM '{folder.Curves}' WHERE metric = 'modes' AND source = 'run' AND depth = 4 AND noise = 1 AND "
                + "step = 40 ORDER BY index"));
    }

    [Fact]
    public void Examples_are_pale_lines_and_their_mean_is_a_strong_one()
    {
        using var temporary = new TemporaryFolder();
        var (lines, folder) = Lines(temporary, "{ metric: modes, kind: example_curves, where: { depth: 2, noise: 0 }, log_y: false }");
        const string ofPoint = "metric = 'modes' AND source = 'run' AND depth = 2 AND noise = 0";
        var strong = Assert.Single(lines, line => line.Style == LineStyle.Mean);
        var means = Duck.Query($"SELECT avg(mean) FROM '{folder.Curves}' WHERE {ofPoint} GROUP BY step ORDER BY step")
            .Select(row => (double)row[0]!);
        Assert.All(means.Zip(strong.Means), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        var pale = lines.Where(line => line.Style == LineStyle.Seed).ToList();
        var single = Duck.Query($"SELECT list(mean ORDER BY step) FROM '{folder.Curves}' WHERE {ofPoint} GROUP BY index ORDER BY index");
        Assert.Equal(
            single.Select(row => ((System.Collections.IEnumerable)row[0]!).Cast<double>()), pale.Select(line => line.Means.AsEnumerable()));
    }

    private static (List<CurveLine> Lines, ResultFolder Folder) Lines(TemporaryFolder temporary, string figure)
    {
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        using var connection = ResultViews.Open(folder);
        var drawn = FigureCatalog.Draw(plan.ReadFigure("--figure", figure), new FigureData(plan, connection, null))!;
        return ([.. Assert.Single(Assert.Single(drawn.Rows).Panels).Lines], folder);
    }
}
