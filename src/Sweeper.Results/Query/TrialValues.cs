using DuckDB.NET.Data;

namespace Sweeper.Results.Query;

/// <summary>One number of every trial: a quantity at the end, at its smallest, or at one step.</summary>
/// <param name="Series">Which quantity.</param>
/// <param name="By">Which of its numbers. Minimum is each trial's own smallest value, not the minimum of the mean.</param>
public sealed record TrialValues(SeriesChoice Series, PointValue By)
{
    /// <summary>Trials that have a finite number, in the order of <paramref name="columns"/> and seed.</summary>
    internal List<TrialValue> Read(DuckDBConnection connection, IReadOnlyList<string> columns)
    {
        var (metric, split, component, index, member) = Series.Resolve(connection);
        var point = string.Concat(columns.Select(name => $"t.{ResultViews.Named(name)}, "));
        var (table, value, where) = By switch
        {
            PointValue.Final => ("summaries", "s.final", "true"),
            PointValue.Minimum => ("summaries", "s.min", "true"),
            PointValue.At at => ("measurements", "s.value", FormattableString.Invariant(
                $"s.step = {at.Step} AND EXISTS (FROM summaries kept WHERE kept.trial_id = t.trial_id)")),
            _ => throw new ArgumentException($"unknown choice {By}"),
        };
        return [.. ResultQuery.Run(
            connection,
            $"""
            SELECT {point}t.seed, {value} FROM trials t JOIN {table} s USING (trial_id)
            WHERE s.source = 'run' AND s.metric = ? AND s.split = ? AND s.component = ? AND s.index = ? AND s.member = ? AND {value} IS NOT NULL AND {where}
            ORDER BY {point}t.seed
            """,
            metric, split, component, index, member).Rows
            .Select(row => new TrialValue(row[..^2], (long)row[^2]!, (double)row[^1]!))
            .Where(one => double.IsFinite(one.Value))];
    }
}

/// <summary>A trial's number.</summary>
/// <param name="Point">Values of the columns asked for.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Value">Finite.</param>
internal sealed record TrialValue(object?[] Point, long Seed, double Value);
