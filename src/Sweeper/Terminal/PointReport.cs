using Sweeper.Core.Sweeps;
using Sweeper.Results.Query;

namespace Sweeper.Terminal;

/// <summary>Points of a sweep by one number each, best first, as people read them.</summary>
internal static class PointReport
{
    /// <summary>Writes at most <paramref name="limit"/> rows and says how many more there are.</summary>
    public static void Write(TextWriter output, SweepPlan plan, ResultTable points, int limit)
    {
        var swept = plan.Swept.Select(axis => axis.Declaration.Name).Concat(plan.DerivedOfPoints.Select(derived => derived.Name))
            // What the file asks for since, and was not derived yet, has no column.
            .Where(name => points.Columns.Contains(name)).ToList();
        int Column(string name) => points.Columns.IndexOf(name);
        var (mean, low, high) = (Column("mean"), Column("ci95_lo"), Column("ci95_hi"));
        var (step, n, planned, diverged) = (Column("step"), Column("n"), Column("n_planned"), Column("n_diverged"));
        // All at one step: the heading says which.
        var steps = points.Rows.Select(row => row[step]).Distinct().Count() > 1;
        var anyDiverged = points.Rows.Any(row => Convert.ToInt64(row[diverged]) > 0);
        TextTable.Write(
            output,
            [
                .. swept, "mean", "95 % interval", "n", .. steps ? ["step"] : Array.Empty<string>(),
                .. anyDiverged ? ["diverged"] : Array.Empty<string>(),
            ],
            points.Rows.Take(limit).Select(row => (string[])
            [
                .. swept.Select(name => Brief(row[Column(name)])),
                Quantity.Number((double?)row[mean]),
                row[low] is null ? "" : $"{Quantity.Number((double?)row[low])} .. {Quantity.Number((double?)row[high])}",
                Equals(row[n], row[planned]) ? $"{row[n]}" : $"{row[n]} of {row[planned]}",
                .. steps ? [ResultTable.Text(row[step])] : Array.Empty<string>(),
                .. anyDiverged ? [$"{row[diverged]}"] : Array.Empty<string>(),
            ]));
        if (points.Rows.Count > limit)
        {
            output.WriteLine($"... and {points.Rows.Count - limit} more points (--all)");
        }
    }

    private static string Brief(object? value) => value is double number ? Quantity.Number(number) : ResultTable.Text(value);
}
