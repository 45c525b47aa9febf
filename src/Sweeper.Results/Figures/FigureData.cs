using DuckDB.NET.Data;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>What figures draw from: the plan, and its curves.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Connection">Views of the results.</param>
internal sealed record FigureData(SweepPlan Plan, DuckDBConnection Connection)
{
    /// <summary>Every (split, component, index, member) that a metric was measured for.</summary>
    public IReadOnlyList<SeriesPart> Parts(string metric) =>
        [.. ResultQuery.Run(
            Connection, "SELECT DISTINCT split, component, index, member FROM curves WHERE source = 'run' AND metric = ? ORDER BY ALL", metric)
            .Rows.Select(row => new SeriesPart((string)row[0]!, (string)row[1]!, (int)row[2]!, (int)row[3]!))];

    /// <summary>Mean curves of a metric, each by ascending step.</summary>
    public ILookup<(string Curve, SeriesPart Part), CurvePoint> Curves(string metric, IEnumerable<CurveId> curves) => ResultQuery.Run(
        Connection,
        $"""
        SELECT curve_id, split, component, index, member, step, n, n_planned, n_diverged, mean, ci95_lo, ci95_hi FROM curves
        WHERE source = 'run' AND metric = ? AND curve_id IN ({string.Join(", ", curves.Select(curve => ResultViews.Quoted(curve.Hex)))}) ORDER BY step
        """,
        metric).Rows.ToLookup(
            row => ((string)row[0]!, new SeriesPart((string)row[1]!, (string)row[2]!, (int)row[3]!, (int)row[4]!)),
            row => new CurvePoint((long)row[5]!, (int)row[6]!, (int)row[7]!, (int)row[8]!, Number(row[9]), Number(row[10]), Number(row[11])));

    private static double Number(object? value) => value as double? ?? double.NaN;
}

/// <summary>Which of a metric's series.</summary>
internal sealed record SeriesPart(string Split, string Component, int Index, int Member);

/// <summary>One step of a mean curve.</summary>
internal sealed record CurvePoint(long Step, int Count, int Planned, int Diverged, double Mean, double Low, double High);
