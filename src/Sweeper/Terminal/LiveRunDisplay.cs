using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sweeper.Terminal;

/// <summary>The display on a terminal: one block, redrawn in place at the size that the terminal has now.</summary>
internal sealed class LiveRunDisplay(LiveDisplayContext context, IAnsiConsole console, TimeProvider clock) : IRunDisplay
{
    private const int Remembered = 3;
    private readonly Pace pace = new(clock);
    private readonly Queue<string> said = [];

    /// <inheritdoc/>
    public void Show(RunView view)
    {
        var panel = RunPanel.Draw(view, pace.Read(view), console.Profile.Width, console.Profile.Height);
        context.UpdateTarget(new Rows(
            panel.Select(IRenderable (line) => line.ToParagraph())
                .Concat(said.Append(view.Warning is null ? "" : $"warning: {view.Warning}").Where(line => line.Length > 0)
                    .Select(line => new Text(line, new Style(Color.Yellow))))));
        context.Refresh();
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
        said.Enqueue(line);
        if (said.Count > Remembered)
        {
            said.Dequeue();
        }
    }
}
