using System.Collections.Immutable;
using DuckDB.NET.Data;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Results.Query;

namespace Sweeper.Results.Claims;

/// <summary>The changes of the list (<see cref="Mutation.Forms"/>) that alter given results, one or two of each form.</summary>
internal static class ApplicableMutations
{
    private const string Parts =
        """
        SELECT metric, count(DISTINCT index) > 1, count(DISTINCT component) > 1, count(DISTINCT step) > 1, min(component),
          bool_or(split = 'train') AND bool_or(split = 'validation')
        FROM main.measurements WHERE source = 'run' GROUP BY metric ORDER BY metric
        """;

    /// <summary>Those that alter what was measured of some metrics, or what trials are taken for.</summary>
    /// <param name="connection">With the tables of the results.</param>
    /// <param name="metrics">What a claim names; all where it names none.</param>
    /// <param name="plan">Whose axes are taken for each other.</param>
    public static ImmutableArray<Mutation> Of(DuckDBConnection connection, ImmutableArray<string> metrics, SweepPlan plan)
    {
        var named = ResultQuery.Run(connection, Parts).Rows.Where(row => metrics.IsEmpty || metrics.Contains((string)row[0]!)).ToList();
        var hasPoints = ResultQuery.Run(connection, "SELECT count(DISTINCT curve_id) > 1 FROM main.trials").Rows[0][0] is true;
        return
        [
            .. Where(named.Any(row => row[3] is true), new Mutation.Untrained()),
            .. Where(named.Any(row => row[5] is true), new Mutation.SwapSplits()),
            .. Where(hasPoints, new Mutation.ShuffleSeeds()),
            .. plan.Swept.Select(swept => new Mutation.Rotate(swept.Declaration.Name)),
            .. named.SelectMany(OfMetric),
        ];
    }

    private static IEnumerable<Mutation> OfMetric(object?[] row)
    {
        var metric = (string)row[0]!;
        return
        [
            new Mutation.Scale(metric, 2), new Mutation.Scale(metric, 0.5),
            .. Where(row[3] is true, new Mutation.Reverse(metric)),
            .. Where(row[1] is true, new Mutation.RotatePart("index", metric), new Mutation.DropIndex(metric, 0)),
            .. Where(row[2] is true, new Mutation.RotatePart("component", metric), new Mutation.DropComponent(metric, (string)row[4]!)),
            .. Where(row[1] is true && row[2] is true, new Mutation.ShuffleComponents(metric)),
        ];
    }

    private static Mutation[] Where(bool applies, params Mutation[] mutations) => applies ? mutations : [];
}
