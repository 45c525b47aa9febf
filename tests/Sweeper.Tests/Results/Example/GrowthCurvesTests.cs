using Sweeper.Results.Figures.Kinds;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results.Example;

/// <summary>The kind of figure of docs/extending.md, compiled here in the namespace of the folder that the page names.</summary>
public sealed class GrowthCurvesTests
{
    [Fact]
    public void The_page_shows_the_file_as_it_is_compiled()
    {
        var (_, block) = Markdown.NamedBlocks("docs/extending.md").Single(named => Path.GetFileName(named.Path) == "GrowthCurves.cs");
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "tests/Sweeper.Tests/Results/Example/GrowthCurves.cs")), block.Text);
    }

    [Fact]
    public void Every_curve_is_divided_by_its_first_mean()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        using var connection = ResultViews.Open(new ResultFolder(folder.Path));
        var figure = new GrowthCurves().Draw(
            plan.ReadFigure("--figure", "{ metric: loss, split: train, log_x: false, log_y: false }"),
            new FigureData(plan, connection, null));

        Assert.EndsWith("divided by its first value", figure!.Title, StringComparison.Ordinal);
        var drawn = figure.Rows.SelectMany(row => row.Panels)
            .SelectMany(panel => panel.Lines).Where(line => line.Style == LineStyle.Mean).Select(line => line.Means).ToList();
        var expected = Duck.Query(
            "SELECT list(mean / first_mean ORDER BY step) FROM (SELECT *, first_value(mean) OVER (PARTITION BY curve_id ORDER BY step) "
            + $"AS first_mean FROM '{folder.Curves}' WHERE metric = 'loss' AND split = 'train') GROUP BY curve_id");
        Assert.Equal(expected.Count, drawn.Count);
        Assert.All(
            drawn, means => Assert.Contains(expected, row => Same([.. ((System.Collections.IEnumerable)row[0]!).Cast<double>()], means)));
    }

    private static bool Same(double[] left, double[] right) =>
        left.Length == right.Length && left.Zip(right).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
}
