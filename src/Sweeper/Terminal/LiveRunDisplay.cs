using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sweeper.Terminal;

/// <summary>The display on a terminal: one block, redrawn in place.</summary>
internal sealed class LiveRunDisplay(LiveDisplayContext context, IAnsiConsole console, TimeProvider clock) : IRunDisplay
{
    private readonly Pace pace = new(clock);
    private readonly List<string> said = [];
    private RunView? last;

    /// <inheritdoc/>
    public void Show(RunView view)
    {
        last = view;
        context.UpdateTarget(Draw(view));
        context.Refresh();
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
        said.Add(line);
        if (last is not null)
        {
            Show(last);
        }
    }

    private Rows Draw(RunView view)
    {
        var width = Math.Clamp(console.Profile.Width - 30, 10, 60);
        var remaining = Pace.Describe(pace.Remaining(view.Fraction));
        var lines = new List<IRenderable>
        {
            new Markup($"[bold]{Markup.Escape(view.Sweep)}[/]  {Markup.Escape(view.State)}"),
            new Markup($"{Bar(view.Fraction, width)} {view.Fraction.ToString("P0", CultureInfo.InvariantCulture)}"),
            new Markup(string.Create(CultureInfo.InvariantCulture,
                $"{view.Committed:#,0} of {view.Total:#,0} trials committed{Troubles(view)}")),
            new Markup(string.Create(CultureInfo.InvariantCulture,
                $"[grey]{pace.TrialsPerSecond(view):0.#} trials/s, {Quantity.Duration(pace.Elapsed)} so far{(view.Fraction < 1 && remaining.Length > 0 ? ", " + remaining + " left" : "")}[/]")),
        };
        lines.AddRange(view.Workers.Select(worker => new Markup(
            $"[grey]{Markup.Escape(worker.Name)}[/]  {Bar(worker.Fraction, 20)} {Markup.Escape(worker.Work)}")));
        lines.AddRange(said.Select(line => new Markup($"[yellow]{Markup.Escape(line)}[/]")));
        return new Rows(lines);
    }

    private static string Troubles(RunView view) =>
        (view.Failed > 0 ? $", [red]{view.Failed} failed[/]" : "") + (view.Diverged > 0 ? $", [yellow]{view.Diverged} diverged[/]" : "");

    private static string Bar(double fraction, int width)
    {
        var filled = (int)Math.Round(Math.Clamp(fraction, 0, 1) * width);
        return $"[green]{new string('━', filled)}[/][grey]{new string('─', width - filled)}[/]";
    }
}
