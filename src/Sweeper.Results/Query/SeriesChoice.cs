using DuckDB.NET.Data;
using Sweeper.Core.Errors;

namespace Sweeper.Results.Query;

/// <summary>One measured quantity. Where a metric has several splits, components or indices and none is named, the first in canonical order is meant.</summary>
/// <param name="Metric">Metric.</param>
/// <param name="Split">`train`, `validation`, `test`, or null.</param>
/// <param name="Component">Component, or null.</param>
/// <param name="Index">Index, or null.</param>
public sealed record SeriesChoice(string Metric, string? Split = null, string? Component = null, int? Index = null)
{
    /// <summary>With the gaps filled. Throws <see cref="SweepException"/> (usage) for a quantity without rows.</summary>
    internal (string Metric, string Split, string Component, int Index) Resolve(DuckDBConnection connection)
    {
        var chosen = ResultQuery.Run(
            connection,
            """
            SELECT split, component, index FROM curves
            WHERE source = 'run' AND metric = $1 AND split = coalesce($2, split) AND component = coalesce($3, component) AND index = coalesce($4, index)
            ORDER BY ALL LIMIT 1
            """,
            Metric, (object?)Split ?? DBNull.Value, (object?)Component ?? DBNull.Value, (object?)Index ?? DBNull.Value).Rows.ElementAtOrDefault(0);
        return chosen is null ? throw Unmeasured(connection) : (Metric, (string)chosen[0]!, (string)chosen[1]!, Convert.ToInt32(chosen[2], null));
    }

    private SweepException Unmeasured(DuckDBConnection connection)
    {
        var known = ResultQuery.Run(connection, "SELECT DISTINCT metric FROM curves ORDER BY metric").Rows.Select(row => (string)row[0]!).ToList();
        return known.Contains(Metric)
            ? new SweepException(
                ExitCode.Usage, $"metric '{Metric}' has no such split, component or index",
                "`sweeper query <folder> \"SELECT DISTINCT metric, split, component, index FROM curves\"` lists them")
            : new SweepException(ExitCode.Usage, $"there are no rows of metric '{Metric}'", $"measured are: {string.Join(", ", known)}");
    }
}
