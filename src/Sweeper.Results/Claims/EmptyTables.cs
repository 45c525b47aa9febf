using DuckDB.NET.Data;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Query;

namespace Sweeper.Results.Claims;

/// <summary>
/// The four tables that a plan will have, without rows: what SQL about its results can be checked against before there are any.
/// </summary>
internal static class EmptyTables
{
    private const string Series = "source VARCHAR, metric VARCHAR, split VARCHAR, component VARCHAR, index INTEGER, member INTEGER";

    /// <summary>Makes them.</summary>
    public static void Make(DuckDBConnection connection, SweepPlan plan)
    {
        var points = plan.Swept.Select(swept => Column(swept.Declaration))
            .Concat(plan.DerivedOfPoints.Select(derived => Column(derived.Declared)));
        var values = plan.Experiment.Hyperparameters.Select(Column).Concat(plan.Derived.Select(derived => Column(derived.Declared)));
        string[] statements =
        [
            $"""
            TABLE trials (trial_id VARCHAR, curve_id VARCHAR, {string.Concat(values)}seed BIGINT, state VARCHAR, pack VARCHAR,
              attempts INTEGER, worker VARCHAR, wall_s DOUBLE, diverged_step BIGINT, error VARCHAR)
            """,
            $"""
            TABLE curves (curve_id VARCHAR, {string.Concat(points)}step BIGINT, {Series}, n INTEGER, n_planned INTEGER, n_diverged INTEGER,
              mean DOUBLE,
              std DOUBLE, sem DOUBLE, ci95_lo DOUBLE, ci95_hi DOUBLE, log_mean DOUBLE, median DOUBLE, q25 DOUBLE, q75 DOUBLE, min DOUBLE,
              max DOUBLE)
            """,
            $"TABLE summaries (trial_id VARCHAR, {Series}, final DOUBLE, min DOUBLE, argmin_step BIGINT, max DOUBLE, argmax_step BIGINT)",
            $"VIEW {ResultViews.OfSegments} AS {ResultViews.NoMeasurements}",
        ];
        foreach (var statement in statements)
        {
            ResultViews.Execute(connection, $"CREATE {statement}");
        }
    }

    private static string Column(Hyperparameter declared)
    {
        var type = declared.Kind switch
        {
            ValueKind.Integer => "BIGINT",
            ValueKind.Real => "DOUBLE",
            ValueKind.Flag => "BOOLEAN",
            ValueKind.Vector => "DOUBLE[]",
            _ => "VARCHAR",
        };
        return $"{ResultViews.Named(declared.Name)} {type}, ";
    }
}
