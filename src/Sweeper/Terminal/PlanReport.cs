using System.Globalization;
using Sweeper.Composition;

namespace Sweeper.Terminal;

/// <summary>A plan, as `plan` and the head of `run` show it.</summary>
internal static class PlanReport
{
    // Measured: rows of a segment after dictionary, byte-stream-split and zstd.
    private const double BytesPerRow = 9;
    private const int ShownValues = 8;

    /// <summary>Everything that is known before anything is trained.</summary>
    public static void Write(TextWriter output, Outlook outlook)
    {
        var plan = outlook.Plan;
        output.WriteLine($"{plan.Name}: {plan.Experiment.Name} version {plan.Experiment.Version}, into {outlook.Folder}");
        output.WriteLine();
        TextTable.Write(output, ["axis", "varies", "values", ""],
            plan.Swept.Select(axis => new[]
            {
                axis.Declaration.Name,
                axis.Declaration.Binding == Core.Experiments.Binding.Static ? "between packs" : "inside a pack",
                $"{axis.Values.Length}",
                Shorten(axis.Values.Select(value => value.ToString()!)),
            }).Append(["seed", "inside a pack", $"{plan.Seeds.Length}", Shorten(plan.Seeds.Select(seed => $"{seed}"))]));
        output.WriteLine();
        output.WriteLine($"{Quantity.Count(plan.PointCount, "point")} x {Quantity.Count(plan.Seeds.Length, "seed")} = {Quantity.Count(plan.TrialCount, "trial")}");
        output.WriteLine(Progress(outlook));
        if (!outlook.IsDone)
        {
            var widest = plan.Packs.Max(pack => pack.Lanes);
            var memory = widest * plan.Experiment.BytesPerLane(plan.PointAt(0));
            output.WriteLine($"{Quantity.Count(outlook.NewPacks, "pack")} to train, at most {widest} lanes each, about {Quantity.Bytes(memory)} of memory");
            output.WriteLine($"about {outlook.NewRows.ToString("#,0", CultureInfo.InvariantCulture)} rows, {Quantity.Bytes(outlook.NewRows * BytesPerRow)} on disk");
        }
    }

    /// <summary>New, kept, failed and orphaned in one line.</summary>
    public static string Progress(Outlook outlook)
    {
        var parts = new List<string> { $"{outlook.New:#,0} new", $"{outlook.Kept:#,0} kept" };
        if (outlook.Failed > 0)
        {
            parts.Add($"{outlook.Failed:#,0} failed");
        }

        if (outlook.Orphaned > 0)
        {
            parts.Add($"{outlook.Orphaned:#,0} orphaned (in the folder, no longer in the file; in nothing derived)");
        }

        return string.Join(", ", parts);
    }

    private static string Shorten(IEnumerable<string> values)
    {
        var all = values.ToList();
        return all.Count <= ShownValues
            ? string.Join(" ", all)
            : string.Join(" ", all.Take(ShownValues - 2)) + " ... " + all[^1];
    }
}
