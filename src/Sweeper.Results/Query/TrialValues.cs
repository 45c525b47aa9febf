using DuckDB.NET.Data;
using Sweeper.Core.Measurements;

namespace Sweeper.Results.Query;

/// <summary>One number of every trial.</summary>
/// <param name="Series">Which quantity.</param>
/// <param name="By">Which of its numbers. Each trial's own, such as its own smallest value, not the minimum of the mean.</param>
public sealed record TrialValues(SeriesChoice Series, Reduction By)
{
    /// <summary>Trials that have a finite number, in the order of <paramref name="columns"/> and seed.</summary>
    internal List<TrialValue> Read(DuckDBConnection connection, IReadOnlyList<string> columns)
    {
        var (metric, split, component, index, member) = Series.Resolve(connection);
        var point = string.Concat(columns.Select(name => $"t.{ResultViews.Named(name)}, "));
        return [.. ResultQuery.Run(
            connection,
            $"""
            SELECT {point}t.seed, s.value FROM trials t JOIN {TrialNumbers.Relation(connection, By)} s USING (trial_id)
            WHERE s.split = ? AND s.component = ? AND s.index = ? AND s.member = ? AND s.value IS NOT NULL
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
