using System.Globalization;

namespace Sweeper.Terminal;

/// <summary>
/// Lines for logs and pipes: one when the state changes, else at most one every few seconds and one per five percent,
/// so that ten thousand trials stay a page.
/// </summary>
internal sealed class PlainDisplay(TextWriter output, TimeProvider clock) : IRunDisplay
{
    private const double SmallestStep = 0.05;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly Pace pace = new(clock);
    private string state = "";
    private double fraction = -1;
    private TimeSpan at;

    /// <inheritdoc/>
    public void Show(RunView view)
    {
        var remaining = pace.Remaining(view.Fraction);
        var changed = view.State != state;
        if (!changed && (pace.Elapsed - at < Interval || view.Fraction - fraction < SmallestStep))
        {
            return;
        }

        (state, fraction, at) = (view.State, view.Fraction, pace.Elapsed);
        var counts = string.Create(CultureInfo.InvariantCulture, $"{view.Committed:#,0}/{view.Total:#,0} trials, {view.Fraction:P0} of this run");
        var troubles = (view.Failed > 0 ? $", {view.Failed} failed" : "") + (view.Diverged > 0 ? $", {view.Diverged} diverged" : "");
        var rate = view.Fraction > 0 ? string.Create(CultureInfo.InvariantCulture, $", {pace.TrialsPerSecond(view):0.#} trials/s") : "";
        var left = Pace.Describe(remaining) is { Length: > 0 } text && view.Fraction < 1 ? $", {text} left" : "";
        output.WriteLine($"{view.Sweep}: {view.State}: {counts}{troubles}{rate}{left}");
    }

    /// <inheritdoc/>
    public void Say(string line) => output.WriteLine(line);
}
