using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Figures of one number of every trial: what DuckDB computes from the segments is what is drawn.</summary>
public sealed class SummaryFigureTests : SyntheticFigureTest
{
    private const string Statistics = "count(number) AS n, avg(number) AS mean, stddev_samp(number) / sqrt(count(number)) AS sem";

    [Theory]
    [InlineData("minimum", "min(value)")]
    [InlineData("maximum", "max(value)")]
    [InlineData("argmin_step", "arg_min(step, value)")]
    [InlineData("argmax_step", "arg_max(step, value)")]
    [InlineData("final", "arg_max(value, step)")]
    [InlineData("step=10", "first(value) FILTER (step = 10)")]
    [InlineData("crossing(0.6)", "min(step) FILTER (value <= 0.6)")]
    public void Statistics_are_over_the_numbers_of_single_trials(string reduce, string sql)
    {
        var drawn = Draw($"{{ metric: loss, x: noise, colour: depth, reduce: {reduce}, seeds: true }}");
        var expected = QueryNumbers(
            sql, $"SELECT depth, noise, {Statistics}, list(number::DOUBLE ORDER BY seed) FROM numbers GROUP BY depth, noise ORDER BY depth, noise");
        var means = Lines(drawn, LineStyle.Points);
        Assert.Equal(2, means.Count);
        var seeds = Lines(drawn, LineStyle.SeedDots);
        foreach (var (place, row) in expected.Index())
        {
            var (line, at) = (means[place / 3], place % 3);
            var (mean, half) = (Convert.ToDouble(row[3]), Quantile[(long)row[2]!] * (double)row[4]!);
            Assert.Equal((double)row[1]!, line.Xs[at]);
            Assert.Equal(mean, line.Means[at], 1e-10 * Math.Abs(mean));
            Assert.Equal(mean - half, line.Low[at], 1e-6 * Math.Abs(mean));
            Assert.Equal(mean + half, line.High[at], 1e-6 * Math.Abs(mean));
            Assert.Equal(
                ((System.Collections.IEnumerable)row[5]!).Cast<double>(), seeds.Skip(place / 3 * 4).Take(4).Select(seed => seed.Means[at]));
        }
    }

    [Theory]
    [InlineData("minimum", "min(value)")]
    [InlineData("final", "arg_max(value, step)")]
    public void A_geometric_mean_is_the_exponential_of_the_mean_logarithm_and_so_are_the_ends_of_its_interval(string reduce, string sql)
    {
        var drawn = Draw($"{{ metric: loss, x: noise, reduce: {reduce}, mean: geometric, where: {{ depth: 2 }} }}");
        var expected = QueryNumbers($"ln({sql})", $"SELECT {Statistics} FROM numbers WHERE depth = 2 GROUP BY noise ORDER BY noise");
        var line = Assert.Single(Lines(drawn, LineStyle.Points));
        foreach (var (place, row) in expected.Index())
        {
            var (mean, half) = ((double)row[1]!, Quantile[(long)row[0]!] * (double)row[2]!);
            Assert.Equal(Math.Exp(mean), line.Means[place], 1e-9);
            Assert.Equal(Math.Exp(mean - half), line.Low[place], 1e-6);
            Assert.Equal(Math.Exp(mean + half), line.High[place], 1e-6);
        }

        Assert.Contains("geometric mean over 4 seeds", string.Join(' ', drawn.Caption), StringComparison.Ordinal);
        Assert.Throws<SweepException>(() => Content("{ metric: loss, x: depth, mean: geometric, baseline: { noise: 0 } }"));
    }

    [Fact]
    public void A_curve_of_geometric_means_is_that_of_the_exponentials_of_mean_logarithms()
    {
        var line = Assert.Single(Lines(Draw("{ metric: loss, mean: geometric, where: { depth: 2, noise: 0.5 } }"), LineStyle.Mean));
        var expected = Duck.Query(
            $"SELECT exp(log_mean) FROM '{Folder.Curves}' WHERE metric = 'loss' AND split = 'validation' AND depth = 2 AND noise = 0.5 ORDER BY step")
            .Select(row => (double)row[0]!);
        Assert.All(expected.Zip(line.Means), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(line.Low.Zip(line.Means, line.High), point => Assert.Equal(Math.Log(point.Second / point.First), Math.Log(point.Third / point.Second), 1e-9));
    }

    [Theory]
    [InlineData("final", 0.7)]
    [InlineData("step=10", 0.9)]
    [InlineData("minimum", 0.4)]
    [InlineData("maximum", 0.9)]
    [InlineData("argmin_step", 20)]
    [InlineData("argmax_step", 10)]
    [InlineData("crossing(0.5)", 20)]
    [InlineData("crossing(0.85)", 10)]
    [InlineData("crossing(0.95)", double.NaN)]
    public void A_prediction_is_reduced_as_a_trial_is(string reduce, double expected)
    {
        CurvePoint[] curve = [.. new[] { 0.8, 0.9, 0.4, 0.7 }.Select((value, place) => new CurvePoint(10 * place, 1, 1, 0, value, double.NaN, double.NaN))];
        Assert.Equal(expected, ReducedCurve.Of(curve, Reduction.Parse(reduce)!) ?? double.NaN);
        Assert.Null(ReducedCurve.Of([], Reduction.Parse(reduce)!));
    }

    [Fact]
    public void A_curve_that_begins_below_a_level_crosses_it_upwards_and_one_that_never_does_has_no_number()
    {
        var rising = Draw("{ metric: loss, x: noise, reduce: crossing(0.9), where: { depth: 2 } }");
        Assert.Equal(
            QueryNumbers(
                "CASE WHEN arg_min(value, step) > 0.9 THEN min(step) FILTER (value <= 0.9) ELSE min(step) FILTER (value >= 0.9) END",
                "SELECT avg(number) FROM numbers WHERE depth = 2 GROUP BY noise HAVING count(number) > 0 ORDER BY noise").Select(row => (double)row[0]!),
            Assert.Single(Lines(rising, LineStyle.Points)).Means);
        var words = string.Join(' ', rising.Caption);
        Assert.Contains("Not every trial crosses 0.9", words, StringComparison.Ordinal);
        Assert.Contains("comes from its own curve", words, StringComparison.Ordinal);
        Assert.Null(Content("{ metric: loss, x: noise, reduce: crossing(-1) }"));
    }

    [Theory]
    [InlineData("noise: 0", "noise", "{ metric: loss, baseline: { noise: 0 }, where: { depth: 4 } }", "noise = 0")]
    [InlineData("depth: 2", "depth", "{ metric: loss, baseline: { depth: 2 }, x: noise, reduce: final }", "depth = 2")]
    public void Differences_are_taken_at_equal_seeds(string baseline, string compared, string figure, string described)
    {
        var drawn = Draw(figure);
        var rows = PairedDifferences.Read(
            Folder.Path, new TrialValues(new SeriesChoice("loss"), new Core.Measurements.Reduction.Final()), compared, [], baseline.Split(' ')[1]).Rows
            .Where(row => compared == "depth" || (long)row[0]! == 4).OrderBy(row => (double)row[compared == "noise" ? 1 : 0]!).ToList();
        var line = Assert.Single(Lines(drawn, LineStyle.Points));
        Assert.Equal(rows.Select(row => (double)row[3]!), line.Means);
        Assert.Equal(rows.Select(row => (double)row[4]!), line.Low);
        Assert.Equal(rows.Select(row => (double)row[5]!), line.High);
        Assert.Equal($"synthetic: validation loss at step 40, difference from {described}", drawn.Title);
        Assert.Equal([0, 0], Assert.Single(Lines(drawn, LineStyle.Level)).Means);
        Assert.False(drawn.Rows[0].Vertical.IsLog);
    }

    [Fact]
    public void A_part_of_a_metric_is_a_baseline_too()
    {
        var gap = Draw("{ metric: loss, baseline: { split: train }, x: noise, where: { depth: 2 } }");
        var expected = Duck.Query(
            $"""
            SELECT avg(v.final - t.final) FROM '{Folder.Summaries}' v JOIN '{Folder.Summaries}' t USING (trial_id, metric) JOIN '{Folder.Trials}' USING (trial_id)
            WHERE metric = 'loss' AND v.split = 'validation' AND t.split = 'train' AND depth = 2 GROUP BY noise ORDER BY noise
            """).Select(row => (double)row[0]!);
        Assert.All(expected.Zip(Assert.Single(Lines(gap, LineStyle.Points)).Means), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void A_trial_that_diverged_counts_with_what_it_measured_before_but_not_at_the_end()
    {
        Folder = SyntheticSweep.Run(Plan, Temporary.In("diverging"), trial => trial.Seed == 1 ? 20 : null);
        var largest = Draw("{ metric: loss, x: noise, reduce: maximum, where: { depth: 2 } }");
        Assert.Contains("Up to 1 trial of a point diverged", string.Join(' ', largest.Caption), StringComparison.Ordinal);
        Assert.Empty(Assert.Single(Lines(largest, LineStyle.Points)).Drops);
        var difference = Draw("{ metric: loss, baseline: { noise: 0 }, where: { depth: 2 } }");
        Assert.Equal([0, 1], Assert.Single(Lines(difference, LineStyle.Points)).Drops);
    }

    [Fact]
    public void The_smallest_value_of_a_mean_is_marked_where_the_figure_asks_for_it()
    {
        var marked = Draw("{ metric: loss, colour: depth, panels: noise, mark: minimum }");
        Assert.All(Lines(marked, LineStyle.Mean), line => Assert.Equal(line.Means.Min(), line.Means[line.Mark!.Value]));
        Assert.Contains("Diamonds mark the smallest value", string.Join(' ', marked.Caption), StringComparison.Ordinal);
        Assert.All(Lines(Draw("{ metric: loss }"), LineStyle.Mean), line => Assert.Null(line.Mark));
        // The largest is at step 0, which a logarithmic axis has not.
        var hidden = Draw("{ metric: loss, colour: depth, panels: noise, mark: maximum, log_x: true }");
        Assert.All(Lines(hidden, LineStyle.Mean), line => Assert.Null(line.Mark));
        Assert.Contains("of 6 it lies where the axis does not reach", string.Join(' ', hidden.Caption), StringComparison.Ordinal);
    }

    [Fact]
    public void A_heat_map_over_an_axis_has_a_tile_a_point_and_a_colour_scale_for_each_value_asked_for()
    {
        var one = Draw("{ metric: loss, kind: heat_map, x: noise, y: depth, reduce: minimum }");
        Assert.Equal("", Assert.Single(one.Bars).Label);
        var tiles = Assert.Single(Assert.Single(one.Rows).Panels).Tiles;
        Assert.Equal(6, tiles.Length);
        Assert.Equal([(-0.25, 0.25), (0.25, 0.75), (0.75, 1.25)], tiles.Take(3).Select(tile => (tile.Left, tile.Right)));
        Assert.Equal(["2", "4"], one.Rows[0].Vertical.Ticks.Select(tick => tick.Label));
        Assert.Equal(("noise", -0.25, 1.25), (one.XLabel, one.Horizontal.Low, one.Horizontal.High));

        var scaled = Draw("{ metric: modes, kind: heat_map, x: noise, scale_by: index, where: { depth: 2 } }");
        Assert.Equal(["index = 0", "index = 1", "index = 2"], scaled.Bars.Select(bar => bar.Label));
        var finals = Duck.Query($"SELECT min(mean), max(mean) FROM '{Folder.Curves}' WHERE metric = 'modes' AND step = 40 AND depth = 2 GROUP BY index ORDER BY index");
        Assert.Equal(finals.Select(row => ((double)row[0]!, (double)row[1]!)), scaled.Bars.Select(bar => (bar.Low, bar.High)));
        // Each has its own darkest and lightest tile.
        Assert.Equal(2, scaled.Rows[0].Panels[0].Tiles.GroupBy(tile => tile.Colour).Count(colour => colour.Count() == 3));
    }

    /// <summary>Where what is held fixed leaves no point that satisfies the figure's conditions.</summary>
    [Fact]
    public void Of_no_points_there_is_nothing_to_read()
    {
        using var connection = ResultViews.Open(Folder);
        var data = new FigureData(Plan, connection, null);
        Assert.Empty(data.Curves("loss", MeasurementSource.Run, []));
        Assert.Empty(data.Numbers("loss", new Reduction.Final(), []));
        Assert.Empty(data.Counts([]));
    }
}
