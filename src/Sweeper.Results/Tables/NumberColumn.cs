using Parquet;
using Parquet.Schema;

namespace Sweeper.Results.Tables;

/// <summary>A column of numbers or switches without nulls.</summary>
internal sealed class NumberColumn<T>(string name) : Column(name)
    where T : struct
{
    private readonly DataField data = new(name, typeof(T), isNullable: false);
    private readonly Buffer<T> values = new();

    /// <inheritdoc/>
    public override Field Field => data;

    /// <inheritdoc/>
    public override EncodingHint Encoding => typeof(T) == typeof(double) ? EncodingHint.ByteSplitStream : EncodingHint.Default;

    /// <summary>Adds a row.</summary>
    public void Add(T value) => values.Add(value);

    /// <inheritdoc/>
    public override Task WriteAsync(ParquetRowGroupWriter group) => group.WriteAsync<T>(data, (ReadOnlyMemory<T>)values.Memory);

    /// <inheritdoc/>
    public override void Clear() => values.Clear();
}
