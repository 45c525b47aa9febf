using System.Collections.Immutable;
using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Query;

/// <summary>
/// The points of a sweep by one number of each one's mean curve, best first; points that lost trials to divergence after the others,
/// since the mean of the survivors flatters them.
/// </summary>
public static class PointTable
{
    /// <summary>
    /// One row for every point: swept values, step, n, mean, ci95_lo, ci95_hi, n_planned, n_diverged. A point without such a
    /// number comes last. Throws <see cref="SweepException"/> (usage) for a quantity without rows.
    /// </summary>
    /// <param name="folder">The results folder.</param>
    /// <param name="quantity">Which curves.</param>
    /// <param name="by">
    /// Which number of a curve: <see cref="Reduction.Final"/> (none when every trial that has rows diverged), minimum, maximum or at a
    /// step.
    /// </param>
    /// <param name="better">Which numbers come first.</param>
    public static ResultTable Read(string folder, SeriesChoice quantity, Reduction by, MetricDirection better)
    {
        using var connection = ResultViews.Open(new ResultFolder(folder));
        var series = quantity.Resolve(connection);
        if (by is Reduction.At at)
        {
            CheckStep(connection, quantity.Metric, at.Step);
        }

        var swept = string.Concat(SweptColumns(connection).Select(name => $"p.{ResultViews.Named(name)}, "));
        return ResultQuery.Run(
            connection,
            $"""
            WITH points AS (
              SELECT curve_id, first(COLUMNS(t.* EXCLUDE (curve_id, trial_id, seed, state, pack, attempts, worker, wall_s, diverged_step,
                error))),
                count(*)::INTEGER AS n_planned, (count(*) FILTER (state = 'diverged'))::INTEGER AS n_diverged, count(worker) AS n_stored
              FROM trials t GROUP BY curve_id),
            series AS (FROM curves WHERE source = 'run' AND metric = ? AND split = ? AND component = ? AND index = ? AND member = ?),
            chosen AS ({Choice(by)})
            SELECT {swept}c.step, coalesce(c.n, 0) AS n, c.mean, c.ci95_lo, c.ci95_hi, p.n_planned, p.n_diverged
            FROM points p LEFT JOIN chosen c ON c.curve_id = p.curve_id AND {(by is Reduction.Final ? "p.n_diverged < p.n_stored" : "true")}
            ORDER BY c.mean IS NULL, p.n_diverged > 0, c.mean {(by.LargestFirst(better) ? "DESC" : "ASC")}, {swept}p.curve_id
            """,
            series.Metric, series.Split, series.Component, series.Index, series.Member);
    }

    private static void CheckStep(DuckDBConnection connection, string metric, long step)
    {
        var nearest = ResultQuery.Run(
            connection,
            "SELECT DISTINCT step FROM curves WHERE source = 'run' AND metric = $1 ORDER BY abs(step - $2), step LIMIT 3", metric, step)
            .Rows.Select(row => Convert.ToInt64(row[0], null)).ToList();
        if (nearest is [var first, ..] && first != step)
        {
            throw new SweepException(
                ExitCode.Usage, $"'{metric}' was not measured at step {step}", $"measured steps near it: {string.Join(", ", nearest)}");
        }
    }

    /// <summary>The swept hyperparameters of a folder, in the order of its columns.</summary>
    internal static ImmutableArray<string> SweptColumns(DuckDBConnection connection) =>
        [.. ResultQuery.Run(connection, "DESCRIBE curves").Rows.Select(row => (string)row[0]!).Skip(1).TakeWhile(name => name != "step")];

    private static string Choice(Reduction by) => by switch
    {
        Reduction.Final => "FROM series QUALIFY step = max(step) OVER (PARTITION BY curve_id)",
        Reduction.Minimum => "FROM series QUALIFY row_number() OVER (PARTITION BY curve_id ORDER BY mean NULLS LAST, step) = 1",
        Reduction.Maximum => "FROM series QUALIFY row_number() OVER (PARTITION BY curve_id ORDER BY mean DESC NULLS LAST, step) = 1",
        Reduction.At at => FormattableString.Invariant($"FROM series WHERE step = {at.Step}"),
        _ => throw new ArgumentException($"a mean curve has no {by}"),
    };
}
