using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos;

/// <summary>Which faults fell, and in which state of the sweep.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int[]> counts = new(StringComparer.Ordinal);
    private int total;

    /// <summary>A fault fell.</summary>
    public void Add(string fault, string state)
    {
        lock (counts)
        {
            if (!counts.TryGetValue(fault, out var byState))
            {
                counts.Add(fault, byState = new int[SweepState.All.Length]);
            }

            byState[SweepState.All.IndexOf(state)]++;
            total++;
        }
    }

    /// <summary>All faults together.</summary>
    public int Total => total;

    /// <summary>How often a fault fell.</summary>
    public int Of(string fault) => counts.GetValueOrDefault(fault)?.Sum() ?? 0;

    /// <summary>A line a fault, a column a state.</summary>
    public void Write(TextWriter output) => output.WriteLine(MarkdownTable.Of(
        counts,
        [
            new MarkdownColumn<KeyValuePair<string, int[]>>("fault", row => $"{row.Key}", IsNumber: false),
            .. SweepState.All.Select((state, index) => new MarkdownColumn<KeyValuePair<string, int[]>>(
                state, row => $"{Shown(row.Value[index])}")),
            new MarkdownColumn<KeyValuePair<string, int[]>>("all", row => $"{row.Value.Sum()}"),
        ]));

    private static int? Shown(int count) => count == 0 ? null : count;
}
