using System.Collections.Immutable;
using System.Globalization;
using DuckDB.NET.Data;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Results.Curves;
using Sweeper.Results.Query;

namespace Sweeper.Results.Claims;

/// <summary>
/// The four tables as they would be after a <see cref="Mutation"/>: views over the same files, nothing is written. What was measured is
/// changed, or what a trial is taken for; curves and summaries follow from that as they do from segments. Predictions stay.
/// </summary>
internal static class MutatedViews
{
    private const string Schema = "asked";
    private const string Series = "source, metric, split, component, index, member";

    /// <summary>Beyond so many seeds Student's t is the normal distribution.</summary>
    private const int ManySeeds = 200;

    private static readonly string[] Tables = ["trials", "measurements", "summaries", "curves"];

    private static readonly string[] Reduced =
    [
        "curve_id", "step", "source", "metric", "split", "component", "index", "member", "n", "n_planned", "n_diverged", "mean", "std",
        "sem", "ci95_lo", "ci95_hi", "log_mean", "median", "q25", "q75", "min", "max",
    ];

    /// <summary>Makes room for the views, and has them asked instead of the tables. Before settings are locked.</summary>
    public static void Prepare(DuckDBConnection connection)
    {
        ResultViews.Execute(connection, $"CREATE SCHEMA {Schema}");
        ResultViews.Execute(connection, $"SET search_path = '{Schema},main'");
    }

    /// <summary>The tables as they are.</summary>
    public static void Restore(DuckDBConnection connection)
    {
        foreach (var table in Tables)
        {
            ResultViews.Execute(connection, $"DROP VIEW IF EXISTS {Schema}.{table}");
        }
    }

    /// <summary>The tables after a mutation.</summary>
    /// <param name="connection">Of <see cref="Prepare"/>.</param>
    /// <param name="mutation">The change.</param>
    /// <param name="derived">Values that trials have because of others.</param>
    public static void Apply(DuckDBConnection connection, Mutation mutation, ImmutableArray<DerivedValue> derived)
    {
        Restore(connection);
        Make(connection, "trials", mutation is Mutation.Rotate { Name: var name }
            ? Rotated(name, [.. derived.Where(value => value.Names.Contains(name))]) : "FROM main.trials");
        Make(connection, "measurements", Measurements(mutation));
        Make(connection, "summaries", Summaries);
        Make(connection, "curves", Curves(connection));
    }

    private static void Make(DuckDBConnection connection, string table, string sql) =>
        ResultViews.Execute(connection, $"CREATE VIEW {Schema}.{table} AS {sql}");

    private static string Measurements(Mutation mutation) => mutation switch
    {
        Mutation.Rotate => "FROM main.measurements",
        Mutation.ShuffleSeeds => Shuffled,
        Mutation.SwapSplits => """
            SELECT * REPLACE (CASE split WHEN 'train' THEN 'validation' WHEN 'validation' THEN 'train' ELSE split END AS split)
            FROM main.measurements
            """,
        Mutation.Untrained => $"""
            SELECT * REPLACE (first_value(value) OVER (PARTITION BY trial_id, {Series} ORDER BY step) AS value) FROM main.measurements
            """,
        Mutation.Scale scale => string.Create(CultureInfo.InvariantCulture, $"""
            SELECT * REPLACE (CASE WHEN metric = {Word(scale.Metric)} THEN value * {scale.By:R}::DOUBLE ELSE value END AS value)
            FROM main.measurements
            """),
        Mutation.DropIndex drop => Without($"metric = {Word(drop.Metric)} AND index = {drop.Index}"),
        Mutation.DropComponent drop => Without($"metric = {Word(drop.Metric)} AND component = {Word(drop.Component)}"),
        Mutation.Reverse reverse => Reversed(reverse.Metric),
        Mutation.RotatePart rotate => PartRotated(rotate.Part, rotate.Metric),
        Mutation.ShuffleComponents shuffle => ComponentsShuffled(shuffle.Metric),
        _ => throw new ArgumentException($"unknown mutation {mutation}"),
    };

    private static string Word(string text) => ResultViews.Quoted(text);

    private static string Without(string condition) => $"FROM main.measurements WHERE NOT ({condition})";

    /// <summary>With the k-th seed the i-th point has the results of point i + k.</summary>
    private const string Shuffled =
        """
        WITH placed AS (
          SELECT trial_id, seed, row_number() OVER (PARTITION BY seed ORDER BY curve_id) - 1 AS place,
            count(*) OVER (PARTITION BY seed) AS points, dense_rank() OVER (ORDER BY seed) AS turn FROM main.trials)
        SELECT taker.trial_id, m.* EXCLUDE (trial_id) FROM placed taker
        JOIN placed giver ON giver.seed = taker.seed AND giver.place = (taker.place + taker.turn) % taker.points
        JOIN main.measurements m ON m.trial_id = giver.trial_id
        """;

    private static string Reversed(string metric) =>
        $"""
        WITH ranked AS (
          SELECT *, row_number() OVER (PARTITION BY trial_id, {Series} ORDER BY step) AS place,
            row_number() OVER (PARTITION BY trial_id, {Series} ORDER BY step DESC) AS opposite FROM main.measurements
              WHERE metric = {Word(metric)})
        SELECT there.* EXCLUDE (place, opposite) REPLACE (here.value AS value) FROM ranked there JOIN ranked here USING (trial_id, {Series})
        WHERE there.place = here.opposite
        UNION ALL BY NAME {Without($"metric = {Word(metric)}")}
        """;

    private static string PartRotated(string part, string metric) =>
        $"""
        WITH parts AS (SELECT DISTINCT {part} AS part FROM main.measurements WHERE metric = {Word(metric)}),
        turned AS (SELECT part, coalesce(lead(part) OVER (ORDER BY part), first_value(part) OVER (ORDER BY part)) AS next FROM parts)
        SELECT m.* REPLACE (turned.next AS {part}) FROM main.measurements m JOIN turned ON m.{part} = turned.part
        WHERE m.metric = {Word(metric)}
        UNION ALL BY NAME {Without($"metric = {Word(metric)}")}
        """;

    private static string ComponentsShuffled(string metric) =>
        $"""
        WITH parts AS (SELECT DISTINCT component AS part FROM main.measurements WHERE metric = {Word(metric)}),
        placed AS (SELECT part, row_number() OVER (ORDER BY part) - 1 AS place, count(*) OVER () AS parts FROM parts)
        SELECT m.* REPLACE (taker.part AS component) FROM main.measurements m JOIN placed giver ON m.component = giver.part
        JOIN placed taker ON giver.place = (taker.place + m.index) % taker.parts WHERE m.metric = {Word(metric)}
        UNION ALL BY NAME {Without($"metric = {Word(metric)}")}
        """;

    /// <summary>Derived values are those of the trial that one is taken for, where there is one.</summary>
    private static string Rotated(string name, ImmutableArray<DerivedValue> derived)
    {
        var column = ResultViews.Named(name);
        var values = derived.Select((value, place) =>
            $", CASE WHEN d{place}.known THEN d{place}.derived ELSE t.{ResultViews.Named(value.Name)} END "
            + $"AS {ResultViews.Named(value.Name)}");
        var tables = derived.Select((value, place) =>
        {
            ImmutableArray<string> others = [.. value.Names.Where(other => other != name)
                .Order(StringComparer.Ordinal).Select(ResultViews.Named)];
            var same = others.Select(other => $" AND d{place}.{other} IS NOT DISTINCT FROM t.{other}");
            return $"""
                LEFT JOIN (SELECT DISTINCT {string.Join(", ", others.Prepend(column))}, {ResultViews.Named(value.Name)} AS derived,
                  true AS known FROM main.trials) d{place}
                ON d{place}.{column} = turned.next{string.Concat(same)}

                """;
        });
        return $"""
            WITH known AS (SELECT DISTINCT {column} AS value FROM main.trials),
            turned AS (SELECT value, coalesce(lead(value) OVER (ORDER BY value), first_value(value) OVER (ORDER BY value)) AS next
              FROM known)
            SELECT t.* REPLACE (turned.next AS {column}{string.Concat(values)}) FROM main.trials t JOIN turned ON t.{column} = turned.value
            {string.Concat(tables)}
            """;
    }

    private const string Defined = "CASE WHEN isnan(value) THEN NULL ELSE value END AS value";

    private const string Summaries =
        $"""
        SELECT trial_id, {Series}, CASE WHEN state <> 'diverged' THEN arg_max_null(value, step) END AS final, min(value) AS min,
          arg_min(step, value) AS argmin_step, max(value) AS max, arg_min(step, -value) AS argmax_step
        FROM (SELECT * REPLACE ({Defined}) FROM {Schema}.measurements) JOIN main.trials USING (trial_id)
        GROUP BY trial_id, {Series}, state
        UNION ALL BY NAME FROM main.summaries WHERE source <> 'run'
        """;

    private static string Curves(DuckDBConnection connection)
    {
        string[] swept = [.. ResultQuery.Run(connection, "DESCRIBE main.curves").Rows.Select(row => (string)row[0]!)
            .Except(Reduced).Select(ResultViews.Named)];
        var points = swept.Select(name => $"t.{name}, ");
        // What a trial is taken for says what is predicted of it.
        var same = swept.Select(name => $" AND p.{name} IS NOT DISTINCT FROM t.{name}");
        return $"""
            WITH planned AS (SELECT curve_id, count(*)::INTEGER AS n_planned, list(diverged_step) AS diverged
              FROM main.trials GROUP BY curve_id),
            measured AS (SELECT * REPLACE ({Defined}) FROM {Schema}.measurements WHERE source = 'run'),
            compared AS (
              SELECT m.* REPLACE ('discrepancy' AS source, CASE WHEN value > 0 AND p.mean > 0 THEN ln(value / p.mean) END AS value)
              FROM measured m JOIN {Schema}.trials t USING (trial_id)
              JOIN main.curves p USING (step, metric, split, component, index, member)
              WHERE p.source = 'theory'{string.Concat(same)}),
            reduced AS (
              SELECT t.curve_id, {string.Concat(points)}step, {Series}, count(value)::INTEGER AS n,
                avg(value) AS mean, stddev_samp(value) AS std, std / sqrt(count(value)) AS sem,
                CASE WHEN min(value) > 0 THEN avg(ln(abs(value))) END AS log_mean,
                median(value) AS median, quantile_cont(value, 0.25) AS q25, quantile_cont(value, 0.75) AS q75, min(value) AS min,
                max(value) AS max
              FROM (FROM measured UNION ALL BY NAME FROM compared) JOIN {Schema}.trials t USING (trial_id) GROUP BY ALL),
            student AS (FROM (VALUES {StudentQuantiles}) AS student(n, t))
            SELECT reduced.*, n_planned, len(list_filter(diverged, lambda gone: gone <= step))::INTEGER AS n_diverged,
              mean - sem * coalesce(student.t, 1.96) AS ci95_lo, mean + sem * coalesce(student.t, 1.96) AS ci95_hi
            FROM reduced JOIN planned USING (curve_id) LEFT JOIN student USING (n)
            UNION ALL BY NAME FROM main.curves WHERE source = 'theory'
            """;
    }

    private static string StudentQuantiles { get; } = string.Join(", ", Enumerable.Range(2, ManySeeds - 1).Select(
        count => string.Create(CultureInfo.InvariantCulture, $"({count}, {StudentT.Quantile975(count - 1):R}::DOUBLE)")));
}
