using System.Runtime.InteropServices;
using Sweeper.Core.Measurements;
using Sweeper.Results.Files;

namespace Sweeper.Results.Curves;

/// <summary>Cells on disk in between, in the machine's own number format: written and read by one process.</summary>
internal static class Spill
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes all cells.</summary>
    public static void Write(string path, IEnumerable<CellRows> cells)
    {
        using var buffer = new BufferedStream(DurableFile.Create(path), BufferSize);
        using var writer = new BinaryWriter(buffer);
        foreach (var (cell, ranks, values) in cells)
        {
            writer.Write(ranks.Length);
            writer.Write(cell.Step);
            writer.Write(cell.Index);
            writer.Write(cell.Series.Member);
            writer.Write((int)cell.Series.Source);
            writer.Write(cell.Series.Metric);
            writer.Write(cell.Series.Split);
            writer.Write(cell.Series.Component);
            writer.Write(MemoryMarshal.AsBytes(ranks.Span));
            writer.Write(MemoryMarshal.AsBytes(values.Span));
        }
    }

    /// <summary>Reads them back.</summary>
    public static IEnumerable<CellRows> Read(string path, SeriesNames names)
    {
        using var buffer = new BufferedStream(File.OpenRead(path), BufferSize);
        using var reader = new BinaryReader(buffer);
        int[] ranks = [];
        double[] values = [];
        while (buffer.Position < buffer.Length)
        {
            var count = reader.ReadInt32();
            if (ranks.Length < count)
            {
                ranks = new int[count];
                values = new double[count];
            }

            var step = reader.ReadInt64();
            var index = reader.ReadInt32();
            var member = reader.ReadInt32();
            var source = (MeasurementSource)reader.ReadInt32();
            var series = new SeriesKey(source, reader.ReadString(), reader.ReadString(), reader.ReadString(), member);
            reader.ReadExactly(MemoryMarshal.AsBytes(ranks.AsSpan(0, count)));
            reader.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(0, count)));
            yield return new CellRows(new Cell(step, names.Intern(series), index), ranks.AsMemory(0, count), values.AsMemory(0, count));
        }
    }
}
