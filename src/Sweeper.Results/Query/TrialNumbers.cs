using System.Globalization;
using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;

namespace Sweeper.Results.Query;

/// <summary>One number of every trial and series of a metric, as a relation. Trials that curves leave out have none.</summary>
internal static class TrialNumbers
{
    /// <summary>
    /// SQL of a relation (trial_id, split, component, index, member, value DOUBLE), with the metric as its one parameter; value is null
    /// where a trial has rows and no such number. Throws <see cref="SweepException"/> (usage) for a folder derived by an older version that
    /// lacks it.
    /// </summary>
    public static string Relation(DuckDBConnection connection, Reduction by)
    {
        var column = by switch
        {
            Reduction.Final => "final",
            Reduction.Minimum => "min",
            Reduction.Maximum => "max",
            Reduction.ArgMinimum => "argmin_step",
            Reduction.ArgMaximum => "argmax_step",
            _ => null,
        };
        if (column is not null)
        {
            Check(connection, column);
            return Of($"{column}::DOUBLE", "FROM summaries WHERE source = 'run' AND metric = ?");
        }

        const string measured =
            "FROM measurements m WHERE source = 'run' AND metric = ? AND EXISTS (FROM summaries kept WHERE kept.trial_id = m.trial_id)";
        return by switch
        {
            Reduction.At at => Of("value", string.Create(CultureInfo.InvariantCulture, $"{measured} AND step = {at.Step}")),
            Reduction.Crossing crossing => Of(FirstReached(crossing.Level), $"{measured} GROUP BY ALL"),
            _ => throw new ArgumentException($"unknown reduction {by}"),
        };
    }

    private static string Of(string value, string rest) => $"(SELECT trial_id, split, component, index, member, {value} AS value {rest})";

    /// <summary>The side on which a curve begins decides from where the level is reached.</summary>
    private static string FirstReached(double level) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        (CASE WHEN arg_min(value, step) > {level:R}::DOUBLE THEN min(step) FILTER (value <= {level:R}::DOUBLE)
          ELSE min(step) FILTER (value >= {level:R}::DOUBLE) END)::DOUBLE
        """);

    private static void Check(DuckDBConnection connection, string column)
    {
        if (ResultQuery.Run(connection, "DESCRIBE summaries").Rows.All(row => (string)row[0]! != column))
        {
            throw new SweepException(
                ExitCode.Usage, $"summaries.parquet was derived by an older version and has no '{column}'",
                "`sweeper aggregate <folder>` derives it anew");
        }
    }
}
