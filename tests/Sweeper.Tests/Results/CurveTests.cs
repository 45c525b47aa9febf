using Sweeper.Support;
using Xunit;

namespace Sweeper.Tests.Results;

public class CurveTests
{
    [Fact]
    public void Means_in_the_curves_are_those_that_DuckDB_computes_from_the_segments()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var wrong = Duck.Query(
            $"""
            WITH reduced AS (
              SELECT t.curve_id, m.step, m.metric, m.split, m.component, m.index, m.member, m.source, count(value) AS n, avg(value) AS mean,
                stddev_samp(value) AS std, sem(value) * sqrt(count(value) / (count(value) - 1)) AS sem, avg(ln(value)) AS log_mean, quantile_cont(value, 0.5) AS median,
                quantile_cont(value, 0.25) AS q25, quantile_cont(value, 0.75) AS q75, min(value) AS min, max(value) AS max
              FROM '{folder.Segments}/*.parquet' m JOIN '{folder.Trials}' t USING (trial_id) GROUP BY ALL)
            SELECT * FROM reduced r FULL JOIN '{folder.Curves}' c USING (curve_id, step, metric, split, component, index, member, source)
            WHERE r.n IS DISTINCT FROM c.n OR r.n IS NULL OR abs(r.mean - c.mean) > 1e-14 OR abs(r.std - c.std) > 1e-14 OR abs(r.sem - c.sem) > 1e-14
              OR abs(r.log_mean - c.log_mean) > 1e-13 OR abs(r.median - c.median) > 1e-14 OR abs(r.q25 - c.q25) > 1e-14 OR abs(r.q75 - c.q75) > 1e-14
              OR r.min <> c.min OR r.max <> c.max
            """);
        Assert.Empty(wrong);
        Assert.Equal(6 * (4 * 2 + 2 * 3), Duck.Query($"SELECT * FROM '{folder.Curves}'").Count);
    }
}
