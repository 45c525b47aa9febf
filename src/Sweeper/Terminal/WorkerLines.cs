using System.Globalization;
using Spectre.Console;

namespace Sweeper.Terminal;

/// <summary>The workers of a run, a line each: who, which pack, how far, how many trials live, and how the headline goes.</summary>
internal static class WorkerLines
{
    private const int LongestName = 20;
    private const int ShortestCurve = 8;
    private const string Gap = "  ";

    /// <summary>
    /// At most <paramref name="most"/> lines; those of many workers end in a count. Narrow ones leave out what is said elsewhere.
    /// </summary>
    public static IEnumerable<StyledLine> Draw(IReadOnlyList<WorkerView> workers, int most, int width)
    {
        if (workers.Count == 0)
        {
            return [];
        }

        var shown = workers.Count <= most ? workers : [.. workers.Take(Math.Max(most - 1, 0))];
        var lines = Rows(shown, width);
        return shown.Count == workers.Count ? lines : lines.Append(Rest([.. workers.Skip(shown.Count)]));
    }

    /// <summary>A bar, filled from the left.</summary>
    public static StyledLine Bar(double fraction, int width)
    {
        var filled = (int)Math.Round(Math.Clamp(fraction, 0, 1) * width);
        return StyledLine.Empty.Add(new string('━', filled), Color.Green).Add(new string('─', width - filled), Color.Grey);
    }

    private static IEnumerable<StyledLine> Rows(IReadOnlyList<WorkerView> workers, int width)
    {
        if (workers.Count == 0)
        {
            return [];
        }

        var names = Padded(
            workers.Select(worker => worker.Name.Length <= LongestName ? worker.Name : worker.Name[..(LongestName - 1)] + "…"));
        var packs = Padded(workers.Select(worker => $"pack {worker.Pack}"));
        var steps = Padded(workers.Select(Steps));
        var trials = Padded(workers.Select(Trials));
        var values = Padded(workers.Select(worker => worker.Curve.Count > 0 ? Quantity.Number(worker.Curve[^1]) : ""));
        var curve = workers.Max(worker => worker.Curve.Count);

        var room = width - names[0].Length - Wide(steps) - (curve > 0 ? Gap.Length + ShortestCurve + Gap.Length + values[0].Length : 0);
        bool Fits(int columns)
        {
            var fits = room >= columns;
            room -= fits ? columns : 0;
            return fits;
        }

        var withTrials = Fits(Wide(trials));
        var bar = Fits(Gap.Length + 8) ? 8 : 0;
        var withPacks = Fits(Wide(packs));
        curve = Math.Min(curve, ShortestCurve + Math.Max(room, 0));
        room -= curve - ShortestCurve;
        bar = bar > 0 ? Math.Clamp(bar + room, bar, 24) : 0;

        return workers.Select((worker, place) => StyledLine.Empty
            .Add(names[place])
            .Add(withPacks ? Gap + packs[place] : "", Color.Grey)
            .Add(bar > 0 ? Gap : "").Join(Bar(worker.Fraction, bar))
            .Add(Gap + steps[place])
            .Add(withTrials ? Gap + trials[place] : "", worker.Alive < worker.Trials ? Color.Yellow : Color.Grey)
            .Add(curve > 0 ? Gap + Sparkline.Draw(worker.Curve, curve).PadRight(curve) + Gap : "", Color.Aqua)
            .Add(curve > 0 ? values[place] : ""));
    }

    private static StyledLine Rest(IReadOnlyList<WorkerView> workers) => StyledLine.Empty.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"and {Quantity.Count(workers.Count, "more worker")} with {Quantity.Count(workers.Sum(worker => worker.Alive), "trial")}, "
        + $"{workers.Average(worker => worker.Fraction):P0} through their packs"),
        Color.Grey);

    private static string Steps(WorkerView worker) => worker.LastStep == 0
        ? "preparing"
        : string.Create(CultureInfo.InvariantCulture, $"step {worker.Step:#,0} of {worker.LastStep:#,0}");

    private static string Trials(WorkerView worker) =>
        worker.Alive < worker.Trials ? $"{worker.Alive} of {worker.Trials} alive" : Quantity.Count(worker.Trials, "trial");

    private static int Wide(string[] cells) => Gap.Length + cells[0].Length;

    private static string[] Padded(IEnumerable<string> cells)
    {
        var all = cells.ToArray();
        var width = all.Max(cell => cell.Length);
        return Array.ConvertAll(all, cell => cell.PadRight(width));
    }
}
