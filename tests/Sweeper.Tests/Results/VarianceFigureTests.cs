using Sweeper.Core.Errors;
using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Layout;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Figures of variances over seeds: what DuckDB computes from the segments is what is drawn.</summary>
public sealed class VarianceFigureTests : SyntheticFigureTest
{
    [Theory]
    [InlineData("minimum", "min(value)")]
    [InlineData("final", "arg_max(value, step)")]
    public void A_variance_is_that_over_seeds_and_its_interval_is_by_the_fourth_moment(string reduce, string sql)
    {
        var drawn = Draw($"{{ metric: loss, x: noise, reduce: {reduce}, spread: variance, log_y: false, where: {{ depth: 2 }} }}");
        // kurtosis_pop is the fourth central moment over the squared one of n, less 3.
        var expected = QueryNumbers(
            sql,
            """
            SELECT n, variance, sqrt((ratio - (n - 3) / (n - 1)) / n) FROM (
              SELECT noise, count(*) AS n, var_samp(number) AS variance, (kurtosis_pop(number) + 3) * ((n - 1) / n) ** 2 AS ratio
              FROM numbers WHERE depth = 2 GROUP BY noise) ORDER BY noise
            """);
        var line = Assert.Single(Lines(drawn, LineStyle.Points));
        foreach (var (place, row) in expected.Index())
        {
            var (variance, half) = ((double)row[1]!, Quantile[(long)row[0]!] * (double)row[2]!);
            Assert.Equal(variance, line.Means[place], 1e-9 * variance);
            Assert.Equal(variance * Math.Exp(half), line.High[place], 1e-6 * variance * Math.Exp(half));
        }

        Assert.Contains("variance over 4 seeds", string.Join(' ', drawn.Caption), StringComparison.Ordinal);
        Assert.Contains("variance of loss", drawn.Title, StringComparison.Ordinal);
        Assert.Throws<SweepException>(() => Content("{ metric: loss, x: depth, spread: variance, baseline: { noise: 0 } }"));
        Assert.Throws<SweepException>(() => Content("{ metric: loss, x: depth, spread: variance, seeds: true }"));
    }

    [Fact]
    public void A_curve_of_variances_has_the_squares_of_standard_deviations()
    {
        var line = Assert.Single(Lines(
            Draw("{ metric: loss, spread: variance, log_y: false, where: { depth: 2, noise: 0.5 } }"), LineStyle.Mean));
        var expected = Duck.Query(
            $"SELECT std ** 2 FROM '{Folder.Curves}' WHERE metric = 'loss' AND split = 'validation' AND depth = 2 AND "
            + "noise = 0.5 ORDER BY step")
            .Select(row => (double)row[0]!);
        Assert.All(expected.Zip(line.Means), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void A_variance_of_one_seed_is_refused_before_training()
    {
        var plan = SyntheticSweep.Plan(
            SyntheticSweep.Yaml.Replace("seeds: 4", "seeds: 1", StringComparison.Ordinal)
            + "\nfigures: [ { metric: loss }, { metric: loss, x: noise, spread: variance } ]");
        var refused = Assert.Throws<SweepException>(() => FigureCatalog.Check(plan));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("a variance needs at least two seeds", refused.Message, StringComparison.Ordinal);
        Assert.Contains("`seeds`", refused.Remedy, StringComparison.Ordinal);
        Assert.StartsWith("synthetic.yaml:12:30", refused.Place, StringComparison.Ordinal);
        Assert.Empty(refused.Others);
    }
}
