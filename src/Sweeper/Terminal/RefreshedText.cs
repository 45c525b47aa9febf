namespace Sweeper.Terminal;

/// <summary>
/// Lines that are written over those shown before on a terminal; elsewhere, one block after the other when something has changed.
/// </summary>
internal sealed class RefreshedText(TextWriter output)
{
    private readonly bool isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
    private List<string> shown = [];

    /// <summary>Shows lines in place of the last ones.</summary>
    public void Show(IEnumerable<string> lines)
    {
        var next = lines.ToList();
        if (isTerminal && shown.Count > 0)
        {
            // Up to the first line, then clear to the end of the screen.
            output.Write($"\u001b[{shown.Sum(Rows)}A\u001b[J");
        }
        else if (next.SequenceEqual(shown))
        {
            return;
        }

        next.ForEach(output.WriteLine);
        output.Flush();
        shown = next;
    }

    private static int Rows(string line) => Math.Max(1, (line.Length + Width - 1) / Width);

    private static int Width => Math.Max(1, Console.WindowWidth);
}
