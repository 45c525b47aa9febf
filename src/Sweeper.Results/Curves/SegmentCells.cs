using Parquet;
using Sweeper.Core.Measurements;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Curves;

/// <summary>Reads a segment as cells: what is current and asked for, in canonical order, a row group at a time.</summary>
internal static class SegmentCells
{
    /// <summary>Opened when enumerated; a cell may come in two parts, one from each of two row groups.</summary>
    public static IEnumerable<CellRows> Read(string path, CurrentSegment segment, SeriesNames names)
    {
        using var stream = File.OpenRead(path);
        var file = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        var rows = new SegmentRows();
        int[] ranks = [];
        for (var group = 0; group < file.RowGroupCount; group++)
        {
            rows.Read(file, group);
            if (ranks.Length < rows.Count)
            {
                ranks = new int[rows.Count];
            }

            var known = new Dictionary<ReadOnlyMemory<char>, int>();
            for (var first = 0; first < rows.Count;)
            {
                var end = first + 1;
                while (end < rows.Count && IsSameCell(rows, first, end))
                {
                    end++;
                }

                if (segment.Asked.Contains((rows.Step[first], rows.Metric[first].ToString())))
                {
                    var kept = KeepCurrent(rows, first, end, segment, known, ranks);
                    if (kept > 0)
                    {
                        yield return new CellRows(
                            CellAt(rows, first, names), ranks.AsMemory(first, kept), rows.Value.AsMemory(first, kept));
                    }
                }

                first = end;
            }
        }
    }

    private static Cell CellAt(SegmentRows rows, int row, SeriesNames names) => new(
        rows.Step[row],
        names.Intern(new SeriesKey(
            SourceNames.Parse(rows.Source[row].Span), rows.Metric[row].ToString(), rows.Split[row].ToString(),
            rows.Component[row].ToString(), rows.Member[row])),
        rows.Index[row]);

    /// <summary>Moves the values of current trials to the front of their cell and writes their ranks; returns how many.</summary>
    private static int KeepCurrent(
        SegmentRows rows, int first, int end, CurrentSegment segment, Dictionary<ReadOnlyMemory<char>, int> known, int[] ranks)
    {
        var kept = first;
        for (var row = first; row < end; row++)
        {
            var id = rows.Trial[row];
            if (!known.TryGetValue(id, out var rank))
            {
                known[id] = rank = segment.Ranks.TryGetValue(id.ToString(), out var found) ? found : -1;
            }

            if (rank >= 0)
            {
                ranks[kept] = rank;
                rows.Value[kept++] = rows.Value[row];
            }
        }

        return kept - first;
    }

    private static bool IsSameCell(SegmentRows rows, int left, int right) =>
        rows.Step[left] == rows.Step[right] && rows.Index[left] == rows.Index[right] && rows.Member[left] == rows.Member[right]
        && IsSame(rows.Metric[left], rows.Metric[right]) && IsSame(rows.Split[left], rows.Split[right])
        && IsSame(rows.Component[left], rows.Component[right]) && IsSame(rows.Source[left], rows.Source[right]);

    private static bool IsSame(ReadOnlyMemory<char> left, ReadOnlyMemory<char> right) =>
        left.Equals(right) || left.Span.SequenceEqual(right.Span);
}
