using System.Globalization;
using Spectre.Console;

namespace Sweeper.Terminal;

/// <summary>The lines of the live display: a pure function of what is shown and of the size of the screen.</summary>
internal static class RunPanel
{
    private const int MostWorkers = 8;
    private const int WidestBar = 80;
    private const int HeadAndFoot = 9;

    /// <summary>No line is longer than <paramref name="width"/>; a small <paramref name="height"/> shows fewer workers.</summary>
    public static IReadOnlyList<StyledLine> Draw(RunView view, PaceReading pace, int width, int height)
    {
        var share = view.Fraction.ToString("P0", CultureInfo.InvariantCulture);
        var left = view.Fraction < 1 && Pace.Describe(view.Left) is { Length: > 0 } text ? $"{text} left" : "";
        var barWidth = Math.Clamp(width - share.Length - left.Length - 4, 10, WidestBar);
        var lines = new List<StyledLine>
        {
            StyledLine.Empty.Add(view.Sweep, Color.Default).Add("  " + view.State, Color.Green)
                .AddAtRight(
                    StyledLine.Empty.Add(Quantity.Duration(pace.Elapsed), Color.Grey),
                    Math.Min(width, WidestBar + share.Length + left.Length + 4)),
            WorkerLines.Bar(view.Fraction, barWidth).Add($"  {share}").Add(left.Length > 0 ? $"  {left}" : "", Color.Grey),
            Counts(view, pace),
        };
        if (view.Workers.Count > 0 || view.Idle > 0)
        {
            lines.Add(StyledLine.Empty.Add(" "));
            lines.AddRange(WorkerLines.Draw(view.Workers, Math.Clamp(height - HeadAndFoot, 1, MostWorkers), width));
            lines.Add(Legend(view));
        }

        return [.. lines.Select(line => line.Cut(width))];
    }

    private static StyledLine Counts(RunView view, PaceReading pace)
    {
        var line = StyledLine.Empty.Add(string.Create(
            CultureInfo.InvariantCulture, $"{view.Committed:#,0} of {view.Total:#,0} trials committed"));
        line = line.Add(view.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {view.Failed:#,0} failed") : "", Color.Red);
        line = line.Add(
            view.Diverged > 0 ? string.Create(CultureInfo.InvariantCulture, $", {view.Diverged:#,0} diverged") : "", Color.Yellow);
        return line.Add(
            pace.TrialsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $", {pace.TrialsPerSecond:0.#} trials/s") : "",
            Color.Grey);
    }

    private static StyledLine Legend(RunView view)
    {
        var idle = view.Idle > 0 ? Quantity.Count(view.Idle, "worker") + " idle" : "";
        var curves = view.Workers.Any(worker => worker.Curve.Count > 0) ? $"curves: {view.Headline}, mean over trials, log scale" : "";
        return StyledLine.Empty.Add(string.Join("; ", ((string[])[idle, curves]).Where(part => part.Length > 0)), Color.Grey);
    }
}
