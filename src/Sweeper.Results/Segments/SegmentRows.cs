using Parquet;
using Parquet.Schema;

namespace Sweeper.Results.Segments;

/// <summary>One row group of a segment, column by column; the arrays are used again for the next one.</summary>
internal sealed class SegmentRows
{
    private int[] levels = [];
    private double[] defined = [];

    /// <summary>Number of rows; the arrays may be longer.</summary>
    public int Count { get; private set; }

    /// <summary>Column `trial_id`. Equal words of one column mostly are the same memory.</summary>
    public ReadOnlyMemory<char>[] Trial { get; private set; } = [];

    /// <summary>Column `member`.</summary>
    public int[] Member { get; private set; } = [];

    /// <summary>Column `step`.</summary>
    public long[] Step { get; private set; } = [];

    /// <summary>Column `source`.</summary>
    public ReadOnlyMemory<char>[] Source { get; private set; } = [];

    /// <summary>Column `metric`.</summary>
    public ReadOnlyMemory<char>[] Metric { get; private set; } = [];

    /// <summary>Column `split`.</summary>
    public ReadOnlyMemory<char>[] Split { get; private set; } = [];

    /// <summary>Column `component`.</summary>
    public ReadOnlyMemory<char>[] Component { get; private set; } = [];

    /// <summary>Column `index`.</summary>
    public int[] Index { get; private set; } = [];

    /// <summary>Column `value`; NaN for null.</summary>
    public double[] Value { get; private set; } = [];

    /// <summary>Reads a row group.</summary>
    public void Read(ParquetReader file, int rowGroup)
    {
        using var group = file.OpenRowGroupReader(rowGroup);
        Count = (int)group.RowCount;
        if (Value.Length < Count)
        {
            Grow();
        }

        var fields = file.Schema.DataFields.ToDictionary(field => field.Name);
        Read(group, fields["trial_id"], Trial);
        Read(group, fields["member"], Member);
        Read(group, fields["step"], Step);
        Read(group, fields["source"], Source);
        Read(group, fields["metric"], Metric);
        Read(group, fields["split"], Split);
        Read(group, fields["component"], Component);
        Read(group, fields["index"], Index);
        group.ReadRawAsync<double>(fields["value"], defined, levels, null).AsTask().GetAwaiter().GetResult();
        for (int row = 0, next = 0; row < Count; row++)
        {
            Value[row] = levels[row] == 0 ? double.NaN : defined[next++];
        }
    }

    private static void Read<T>(ParquetRowGroupReader group, DataField field, T[] values)
        where T : struct => group.ReadAsync<T>(field, (Memory<T>)values).AsTask().GetAwaiter().GetResult();

    private void Grow()
    {
        (Trial, Source, Metric, Split, Component) =
            (
                new ReadOnlyMemory<char>[Count], new ReadOnlyMemory<char>[Count], new ReadOnlyMemory<char>[Count],
                new ReadOnlyMemory<char>[Count], new ReadOnlyMemory<char>[Count]);
        (Member, Index, levels) = (new int[Count], new int[Count], new int[Count]);
        (Value, defined) = (new double[Count], new double[Count]);
        Step = new long[Count];
    }
}
