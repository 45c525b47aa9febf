namespace Sweeper.Terminal;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// One column for each value, or for equally many neighbours when there are more than <paramref name="width"/>; then
    /// the last of them is shown. Heights run from the smallest to the largest value, on a logarithmic scale when all are
    /// positive. What is not finite leaves a gap.
    /// </summary>
    public static string Draw(IReadOnlyList<double> values, int width)
    {
        var columns = Math.Min(values.Count, Math.Max(width, 0));
        var shown = Enumerable.Range(1, columns).Select(column => values[column * values.Count / columns - 1]).ToList();
        var finite = shown.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
        {
            return new string(' ', columns);
        }

        Func<double, double> scale = finite.Min() > 0 ? Math.Log : value => value;
        var (low, high) = (scale(finite.Min()), scale(finite.Max()));
        char Level(double value) => high > low
            ? Levels[(int)Math.Round((scale(value) - low) / (high - low) * (Levels.Length - 1))]
            : Levels[Levels.Length / 2];
        return string.Concat(shown.Select(value => double.IsFinite(value) ? Level(value) : ' '));
    }
}
