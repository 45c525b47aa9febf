using System.Collections.Immutable;
using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Query;

/// <summary>Which number of a mean curve stands for a point.</summary>
public abstract record PointValue
{
    private PointValue()
    {
    }

    /// <summary>The mean at the curve's last step; none when every trial that has rows diverged.</summary>
    public sealed record Final : PointValue;

    /// <summary>The smallest mean, and its step.</summary>
    public sealed record Minimum : PointValue;

    /// <summary>The mean at one step.</summary>
    public sealed record At(long Step) : PointValue;
}

/// <summary>
/// The points of a sweep by one number each, smallest mean first; points that lost trials to divergence behind the others,
/// since the mean of the survivors flatters them.
/// </summary>
public static class PointTable
{
    /// <summary>
    /// One row for every point: swept values, step, n, mean, ci95_lo, ci95_hi, n_planned, n_diverged. A point without such a
    /// number comes last. Where a metric has several splits, components,
    /// indices or members and none is named, the first one in order is taken (<see cref="SeriesChoice"/>). Throws <see cref="SweepException"/> (usage) for a metric without rows.
    /// </summary>
    /// <param name="folder">The results folder.</param>
    /// <param name="metric">Metric.</param>
    /// <param name="by">Which number of the curve.</param>
    /// <param name="split">`train`, `validation`, `test`, or null for the first.</param>
    /// <param name="component">Component, or null for the first.</param>
    /// <param name="index">Index, or null for the first.</param>
    /// <param name="member">Member, or null for the first.</param>
    public static ResultTable Read(
        string folder, string metric, PointValue by, string? split = null, string? component = null, int? index = null, int? member = null)
    {
        using var connection = ResultViews.Open(new ResultFolder(folder));
        var series = new SeriesChoice(metric, split, component, index, member).Resolve(connection);
        if (by is PointValue.At at)
        {
            CheckStep(connection, metric, at.Step);
        }

        var swept = string.Concat(SweptColumns(connection).Select(name => $"p.{ResultViews.Named(name)}, "));
        return ResultQuery.Run(
            connection,
            $"""
            WITH points AS (
              SELECT curve_id, first(COLUMNS(t.* EXCLUDE (curve_id, trial_id, seed, state, pack, attempts, worker, wall_s, diverged_step, error))),
                count(*)::INTEGER AS n_planned, (count(*) FILTER (state = 'diverged'))::INTEGER AS n_diverged, count(worker) AS n_stored
              FROM trials t GROUP BY curve_id),
            series AS (FROM curves WHERE source = 'run' AND metric = ? AND split = ? AND component = ? AND index = ? AND member = ?),
            chosen AS ({Choice(by)})
            SELECT {swept}c.step, coalesce(c.n, 0) AS n, c.mean, c.ci95_lo, c.ci95_hi, p.n_planned, p.n_diverged
            FROM points p LEFT JOIN chosen c ON c.curve_id = p.curve_id AND {(by is PointValue.Final ? "p.n_diverged < p.n_stored" : "true")}
            ORDER BY c.mean IS NULL, p.n_diverged > 0, c.mean, p.curve_id
            """,
            series.Metric, series.Split, series.Component, series.Index, series.Member);
    }

    private static void CheckStep(DuckDBConnection connection, string metric, long step)
    {
        var nearest = ResultQuery.Run(
            connection, "SELECT DISTINCT step FROM curves WHERE source = 'run' AND metric = $1 ORDER BY abs(step - $2), step LIMIT 3", metric, step)
            .Rows.Select(row => Convert.ToInt64(row[0], null)).ToList();
        if (nearest is [var first, ..] && first != step)
        {
            throw new SweepException(ExitCode.Usage, $"'{metric}' was not measured at step {step}", $"measured steps near it: {string.Join(", ", nearest)}");
        }
    }

    /// <summary>The swept hyperparameters of a folder, in the order of its columns.</summary>
    internal static ImmutableArray<string> SweptColumns(DuckDBConnection connection) =>
        [.. ResultQuery.Run(connection, "DESCRIBE curves").Rows.Select(row => (string)row[0]!).Skip(1).TakeWhile(name => name != "step")];

    private static string Choice(PointValue by) => by switch
    {
        PointValue.Final => "FROM series QUALIFY step = max(step) OVER (PARTITION BY curve_id)",
        PointValue.Minimum => "FROM series QUALIFY row_number() OVER (PARTITION BY curve_id ORDER BY mean NULLS LAST, step) = 1",
        PointValue.At at => FormattableString.Invariant($"FROM series WHERE step = {at.Step}"),
        _ => throw new ArgumentException($"unknown choice {by}"),
    };
}
