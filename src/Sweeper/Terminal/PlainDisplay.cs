using System.Globalization;

namespace Sweeper.Terminal;

/// <summary>
/// Lines for logs and pipes: one when the state changes or five percent are done, and none sooner after another than
/// three seconds and a twentieth of the time so far. So ten thousand trials stay a page, however long they take.
/// </summary>
internal sealed class PlainDisplay(TextWriter output, TimeProvider clock) : IRunDisplay
{
    private const double SmallestStep = 0.05;
    private const double ShareOfTime = 0.05;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly Pace pace = new(clock);
    private string state = "";
    private string? warning;
    private double fraction = -1;
    private TimeSpan? at;

    /// <inheritdoc/>
    public void Show(RunView view)
    {
        var reading = pace.Read(view);
        if (view.Warning is not null && view.Warning != warning)
        {
            Say($"warning: {warning = view.Warning}");
        }

        var hasNews = view.State != state || view.Fraction - fraction >= SmallestStep;
        var wait = TimeSpan.FromTicks(Math.Max(Interval.Ticks, (long)(reading.Elapsed.Ticks * ShareOfTime)));
        if (hasNews && (view.IsFinal || at is null || reading.Elapsed - at >= wait))
        {
            (state, fraction, at) = (view.State, view.Fraction, reading.Elapsed);
            output.WriteLine(Line(view, reading));
        }
    }

    /// <inheritdoc/>
    public void Say(string line) => output.WriteLine(line);

    private static string Line(RunView view, PaceReading pace)
    {
        var counts = string.Create(
            CultureInfo.InvariantCulture, $"{view.Committed:#,0}/{view.Total:#,0} trials, {view.Fraction:P0} of this run");
        var troubles = (view.Failed > 0 ? $", {view.Failed} failed" : "") + (view.Diverged > 0 ? $", {view.Diverged} diverged" : "");
        var rate = view.Fraction > 0 ? string.Create(CultureInfo.InvariantCulture, $", {pace.TrialsPerSecond:0.#} trials/s") : "";
        var left = Pace.Describe(view.Left) is { Length: > 0 } text && view.Fraction < 1 ? $", {text} left" : "";
        return $"{view.Sweep}: {view.State}: {counts}{troubles}{rate}{left}";
    }
}
