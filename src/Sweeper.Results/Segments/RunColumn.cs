using System.Buffers;
using Parquet;
using Parquet.Schema;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Segments;

/// <summary>Fills a column from all rows.</summary>
internal delegate void RunFilling<T>(RowRuns rows, Span<T> column);

/// <summary>A column without nulls that is there only while it is written.</summary>
/// <param name="name">Name in the file.</param>
/// <param name="rows">Shared by the columns of a segment.</param>
/// <param name="fill">Its values.</param>
internal sealed class RunColumn<T>(string name, RowRuns rows, RunFilling<T> fill) : Column(name)
    where T : struct
{
    private static readonly bool IsText = typeof(T) == typeof(ReadOnlyMemory<char>);
    private readonly DataField data = new(name, IsText ? typeof(string) : typeof(T), isNullable: false);

    /// <inheritdoc/>
    public override Field Field => data;

    /// <inheritdoc/>
    public override EncodingHint Encoding => IsText ? EncodingHint.Dictionary : EncodingHint.Default;

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group)
    {
        var rented = ArrayPool<T>.Shared.Rent(rows.Count);
        try
        {
            fill(rows, rented.AsSpan(0, rows.Count));
            await group.WriteAllPartsAsync<T>(data, rented.AsMemory(0, rows.Count), null, null, CancellationToken.None);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    public override void Clear() => rows.Clear();
}
