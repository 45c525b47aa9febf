using Spectre.Console;
using Sweeper.Terminal;
using Xunit;

namespace Sweeper.Tests.Terminal;

public sealed class LiveRunDisplayTests
{
    [Fact]
    public void The_block_is_written_with_and_without_colours_and_ends_with_what_was_said()
    {
        var plain = Record(ColorSystemSupport.NoColors);
        var coloured = Record(ColorSystemSupport.Standard);

        Assert.Contains("400 of 1,000 trials committed", plain, StringComparison.Ordinal);
        Assert.Contains("warning: all of them diverged", plain, StringComparison.Ordinal);
        Assert.Contains("the journal lost its last line", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[32m", plain, StringComparison.Ordinal);
        Assert.Contains("\e[32m", coloured, StringComparison.Ordinal);
    }

    private static string Record(ColorSystemSupport colours)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, ColorSystem = colours, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 80;
        console.Profile.Height = 24;
        console.Live(new Text("")).Start(context =>
        {
            var display = new LiveRunDisplay(context, console, new ManualClock());
            display.Say("the journal lost its last line");
            display.Show(Views.Training(0.4, workers: 2) with { Warning = "all of them diverged" });
        });
        return writer.ToString();
    }
}
