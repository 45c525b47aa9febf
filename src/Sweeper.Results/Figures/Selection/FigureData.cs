using System.Collections.Immutable;
using DuckDB.NET.Data;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures.Selection;

/// <summary>What figures draw from: the plan, and its results.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Connection">Views of the results.</param>
/// <param name="Theory">Known values of teachers; null for none.</param>
internal sealed record FigureData(SweepPlan Plan, DuckDBConnection Connection, ITheory? Theory)
{
    /// <summary>Whose numbers are meant where nothing else is said.</summary>
    public MeasurementSource Source { get; init; }

    private string Own => $"source = {ResultViews.Quoted(SourceNames.Of(Source))}";

    /// <summary>The same of what a figure asks for.</summary>
    public FigureData For(FigureSpec spec) => this with { Source = spec.Source };

    /// <summary>Every (split, component, index, member) that a metric was measured for.</summary>
    public IReadOnlyList<SeriesPart> Parts(string metric) =>
        [.. ResultQuery.Run(
            Connection, $"SELECT DISTINCT split, component, index, member FROM curves WHERE {Own} AND metric = ? ORDER BY ALL", metric)
            .Rows.Select(row => Part(row, 0))];

    /// <summary>Number of steps at which a metric was measured.</summary>
    public long Steps(string metric) =>
        (long)ResultQuery.Run(Connection, $"SELECT count(DISTINCT step) FROM curves WHERE {Own} AND metric = ?", metric).Rows[0][0]!;

    /// <summary>Steps at which a metric was measured, the nearest to one first.</summary>
    public IReadOnlyList<long> StepsNear(string metric, long step, int most) => [.. ResultQuery.Run(
        Connection, $"SELECT DISTINCT step FROM curves WHERE {Own} AND metric = $1 ORDER BY abs(step - $2), step LIMIT $3", metric,
        step, most).Rows.Select(row => (long)row[0]!)];

    /// <summary>The smallest and the largest value of a metric.</summary>
    public (double Lowest, double Highest) Range(string metric)
    {
        var row = ResultQuery.Run(Connection, $"SELECT min(min), max(max) FROM curves WHERE {Own} AND metric = ?", metric).Rows[0];
        return (Number(row[0]), Number(row[1]));
    }

    /// <summary>Whether every trial of these points is committed.</summary>
    public bool IsComplete(IEnumerable<CurveId> curves) => (long)ResultQuery.Run(
        Connection,
        $"SELECT count(*) FROM trials WHERE curve_id IN ({Listed(curves)}) AND state NOT IN ('committed', 'diverged')").Rows[0][0]! == 0;

    /// <summary>Whether there are trials, and all of them are committed and diverged.</summary>
    public bool HaveAllDiverged => ResultQuery.Run(Connection, "SELECT bool_and(state = 'diverged') FROM trials").Rows[0][0] is true;

    /// <summary>Mean curves of a metric, each by ascending step.</summary>
    /// <param name="metric">Metric.</param>
    /// <param name="source">Whose.</param>
    /// <param name="curves">Which points' curves.</param>
    public ILookup<(string Curve, SeriesPart Part), CurvePoint> Curves(
        string metric, MeasurementSource source, IEnumerable<CurveId> curves) => ResultQuery.Run(
            Connection,
            $"""
            SELECT curve_id, split, component, index, member, step, n, n_planned, n_diverged, mean, ci95_lo, ci95_hi FROM curves
            WHERE source = ? AND metric = ? AND curve_id IN ({Listed(curves)}) ORDER BY step
            """,
            SourceNames.Of(source), metric).Rows.ToLookup(
                row => ((string)row[0]!, Part(row, 1)),
                row => new CurvePoint(
                    (long)row[5]!, (int)row[6]!, (int)row[7]!, (int)row[8]!, Number(row[9]), Number(row[10]), Number(row[11])));

    /// <summary>The curves of single seeds, each by ascending step.</summary>
    public ILookup<(string Curve, SeriesPart Part), SeedPoint> Seeds(
        string metric, ImmutableArray<long> seeds, IEnumerable<CurveId> curves) => ResultQuery.Run(
            Connection,
            $"""
            SELECT t.curve_id, m.split, m.component, m.index, m.member, t.seed, m.step, m.value
            FROM measurements m JOIN trials t USING (trial_id)
            WHERE m.source = 'run' AND m.metric = ? AND t.curve_id IN ({Listed(curves)}) AND t.seed IN ({string.Join(", ", seeds)})
              ORDER BY t.seed, m.step
            """,
            metric).Rows.ToLookup(
                row => ((string)row[0]!, Part(row, 1)), row => new SeedPoint((long)row[5]!, (long)row[6]!, Number(row[7])));

    /// <summary>One number of every trial that has one, in the order of seeds.</summary>
    public ILookup<(string Curve, SeriesPart Part), (long Seed, double Value)> Numbers(
        string metric, Reduction reduction, IEnumerable<CurveId> curves) => ResultQuery.Run(
            Connection,
            $"""
            SELECT t.curve_id, s.split, s.component, s.index, s.member, t.seed, s.value
            FROM trials t JOIN {TrialNumbers.Relation(Connection, reduction)} s USING (trial_id)
            WHERE t.curve_id IN ({Listed(curves)}) AND s.value IS NOT NULL ORDER BY t.seed
            """,
            metric).Rows.ToLookup(row => ((string)row[0]!, Part(row, 1)), row => ((long)row[5]!, Number(row[6])));

    /// <summary>Trials that the plan asks for of every point, and those that diverged.</summary>
    public IReadOnlyDictionary<string, (int Planned, int Diverged)> Counts(IEnumerable<CurveId> curves) => ResultQuery.Run(
        Connection,
        "SELECT curve_id, count(*)::INTEGER, (count(*) FILTER (state = 'diverged'))::INTEGER FROM trials WHERE curve_id IN "
        + $"({Listed(curves)}) GROUP BY curve_id")
        .Rows.ToDictionary(row => (string)row[0]!, row => ((int)row[1]!, (int)row[2]!));

    /// <summary>Which of these curves have rows of a metric from a source.</summary>
    public IReadOnlySet<string> WithRows(string metric, MeasurementSource source, IEnumerable<CurveId> curves) => ResultQuery.Run(
        Connection, $"SELECT DISTINCT curve_id FROM curves WHERE source = ? AND metric = ? AND curve_id IN ({Listed(curves)})",
        SourceNames.Of(source), metric)
        .Rows.Select(row => (string)row[0]!).ToHashSet();

    /// <summary>How many of these curves have rows.</summary>
    public int Measured(string metric, IReadOnlyCollection<SelectedCurve> selected)
    {
        var curves = selected.Select(one => one.Curve).ToList();
        var measured = curves.Count == 0 ? [] : ResultQuery.Run(
            Connection,
            $"SELECT DISTINCT curve_id, split, component, index, member FROM curves WHERE {Own} AND metric = ? AND curve_id IN "
            + $"({Listed(curves)})", metric)
            .Rows.Select(row => ((string)row[0]!, Part(row, 1))).ToHashSet();
        return selected.Count(one => measured.Contains(one.Key));
    }

    /// <summary>For `IN`: a list of none, which SQL does not know, is one of nothing.</summary>
    private static string Listed(IEnumerable<CurveId> curves) =>
        string.Join(", ", curves.Distinct().Select(curve => ResultViews.Quoted(curve.Hex)).DefaultIfEmpty("NULL"));

    private static SeriesPart Part(object?[] row, int first) =>
        new((string)row[first]!, (string)row[first + 1]!, (int)row[first + 2]!, (int)row[first + 3]!);

    private static double Number(object? value) => value as double? ?? double.NaN;
}

/// <summary>Which of a metric's series.</summary>
internal sealed record SeriesPart(string Split, string Component, int Index, int Member);

/// <summary>A mean over seeds.</summary>
/// <param name="Step">Of which step; null for a number that every trial has from a step of its own.</param>
/// <param name="Count">Seeds that have it.</param>
/// <param name="Planned">Seeds that the plan asks for.</param>
/// <param name="Diverged">Of these, those that had diverged.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record CurvePoint(long? Step, int Count, int Planned, int Diverged, double Mean, double Low, double High);

/// <summary>A number of one seed.</summary>
internal sealed record SeedPoint(long Seed, long? Step, double Value);
