namespace Sweeper.Chaos.Frames;

/// <summary>Which frames were sent.</summary>
internal sealed class FrameTally
{
    private readonly SortedDictionary<string, int> kinds = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public int Total { get; private set; }

    /// <summary>Those that were sent before the sweep was done.</summary>
    public int WhileTraining { get; private set; }

    /// <summary>By how many connections.</summary>
    public int Connections { get; private set; }

    /// <summary>How many of these were answered.</summary>
    public int Heard { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; set; }

    /// <summary>A connection is over.</summary>
    public void Add(FrameConnection connection)
    {
        Connections++;
        Heard += connection.IsAnswered ? 1 : 0;
    }

    /// <summary>A frame was sent.</summary>
    public void Add(string kind, bool isTraining)
    {
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        Total++;
        WhileTraining += isTraining ? 1 : 0;
    }

    /// <summary>A line a kind.</summary>
    public void Write(TextWriter output) => output.WriteLine(MarkdownTable.Of(
        kinds, [new MarkdownColumn<KeyValuePair<string, int>>(
            "frame", row => $"{row.Key}", IsNumber: false), new MarkdownColumn<KeyValuePair<string, int>>("sent", row => $"{row.Value}")]));
}
