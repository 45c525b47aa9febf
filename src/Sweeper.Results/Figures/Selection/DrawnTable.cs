using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Query;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Figures.Selection;

/// <summary>The CSV beside a figure: the numbers drawn, with the same columns for every kind.</summary>
internal static class DrawnTable
{
    /// <summary>
    /// Swept hyperparameters, derived values, split, component, index, member, source, [seed,] step, n, n_planned, n_diverged, mean,
    /// ci95_lo,
    /// ci95_hi, curve_id. A row of a single seed has its value as `mean` and no n; a number that every trial has from a step of
    /// its own has no step, and a column `reduce` that says which it is; a difference has a column `baseline`.
    /// </summary>
    public static ResultTable Of(SweepPlan plan, Drawn drawn)
    {
        var hasSeeds = !drawn.Seeds.IsEmpty;
        var reduce = drawn.Reduction is null or Reduction.Final or Reduction.At ? null : drawn.Reduction.ToString();
        var rows = new List<object?[]>();
        void Add(PanelCell cell, string source, object? seed, long? step, CurvePoint? point, double value) => rows.Add(
        [
            .. plan.Swept.Select(swept => PlainValue.Of(cell.Selected.Point[swept.Declaration.Name])),
            .. plan.DerivedOfPoints.Select(derived => derived.Of(cell.Selected.Point, 0) is { } defined ? PlainValue.Of(defined) : null),
            .. reduce is null ? (object?[])[] : [reduce], .. drawn.Against is null ? (object?[])[] : [drawn.Against],
            cell.Selected.Part.Split, cell.Selected.Part.Component, cell.Selected.Part.Index, cell.Selected.Part.Member, source,
            .. hasSeeds ? [seed] : (object?[])[], step, point?.Count, point?.Planned, point?.Diverged, Known(value),
            point is null ? null : Known(point.Low), point is null ? null : Known(point.High), cell.Selected.Curve.Hex,
        ]);

        var own = SourceNames.Of(drawn.Source);
        foreach (var series in drawn.Series)
        {
            foreach (var placed in drawn.OneSeed is null ? series.Points : [])
            {
                Add(placed.Cell, own, null, placed.Point.Step, placed.Point, placed.Point.Mean);
            }

            foreach (var placed in series.Theory)
            {
                Add(placed.Cell, "theory", null, placed.Point.Step, placed.Point, placed.Point.Mean);
            }

            foreach (var placed in series.Seeds.SelectMany(seed => seed))
            {
                Add(placed.Cell, own, placed.Point.Seed, placed.Point.Step, null, placed.Point.Value);
            }
        }

        return new ResultTable(
            [
                .. plan.Swept.Select(swept => swept.Declaration.Name), .. plan.DerivedOfPoints.Select(derived => derived.Name),
                .. reduce is null ? (string[])[] : ["reduce"], .. drawn.Against is null ? (string[])[] : ["baseline"], "split", "component",
                "index", "member", "source",
                .. hasSeeds ? ["seed"] : (string[])[], "step", "n", "n_planned", "n_diverged", "mean", "ci95_lo", "ci95_hi", "curve_id",
            ],
            rows);
    }

    private static double? Known(double number) => double.IsNaN(number) ? null : number;
}
