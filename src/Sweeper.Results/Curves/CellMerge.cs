namespace Sweeper.Results.Curves;

/// <summary>
/// Merges sorted streams of cells into one, streaming: memory is one part of every open stream. More streams than
/// <see cref="FanIn"/> are first merged in groups into spill files, so that neither open files nor memory grow with them.
/// </summary>
internal static class CellMerge
{
    /// <summary>Streams read at once.</summary>
    public const int FanIn = 64;

    /// <summary>All cells of all sources, ascending, each once.</summary>
    /// <param name="sources">Each ascending; opened when it is enumerated.</param>
    /// <param name="trials">Number of ranks.</param>
    /// <param name="spillPath">Path of the n-th spill file; removed again.</param>
    /// <param name="names">Where the sources' series are interned.</param>
    public static IEnumerable<CellRows> Merge(
        IReadOnlyList<IEnumerable<CellRows>> sources, int trials, Func<int, string> spillPath, SeriesNames names)
    {
        var spills = new List<string>();
        try
        {
            while (sources.Count > FanIn)
            {
                sources = [.. sources.Chunk(FanIn).Select(group =>
                {
                    spills.Add(spillPath(spills.Count));
                    Spill.Write(spills[^1], MergeOpen(group, trials));
                    return Spill.Read(spills[^1], names);
                })];
            }

            foreach (var cell in MergeOpen(sources, trials))
            {
                yield return cell;
            }
        }
        finally
        {
            spills.ForEach(File.Delete);
        }
    }

    private static IEnumerable<CellRows> MergeOpen(IReadOnlyList<IEnumerable<CellRows>> sources, int trials)
    {
        var open = new List<IEnumerator<CellRows>>();
        try
        {
            var queue = new PriorityQueue<IEnumerator<CellRows>, Cell>();
            foreach (var source in sources)
            {
                open.Add(source.GetEnumerator());
                Advance(open[^1], queue);
            }

            var buffer = new CellBuffer(trials);
            while (queue.TryPeek(out _, out var cell))
            {
                while (queue.TryPeek(out var next, out var at) && at.CompareTo(cell) == 0)
                {
                    buffer.Add(next.Current);
                    queue.Dequeue();
                    Advance(next, queue);
                }

                yield return buffer.Take(cell);
            }
        }
        finally
        {
            open.ForEach(source => source.Dispose());
        }
    }

    private static void Advance(IEnumerator<CellRows> source, PriorityQueue<IEnumerator<CellRows>, Cell> queue)
    {
        if (source.MoveNext())
        {
            queue.Enqueue(source, source.Current.Cell);
        }
    }
}
