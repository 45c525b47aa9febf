using Parquet;
using Parquet.Schema;

namespace Sweeper.Results.Tables;

/// <summary>A column of words, dictionary-encoded; null where a row has none and <paramref name="isNullable"/> is set.</summary>
internal sealed class TextColumn(string name, bool isNullable = false) : Column(name)
{
    private readonly DataField data = new(name, typeof(string), isNullable);
    private readonly Buffer<ReadOnlyMemory<char>> values = new();
    private readonly Buffer<int> definitionLevels = new();

    /// <inheritdoc/>
    public override Field Field => data;

    /// <inheritdoc/>
    public override EncodingHint Encoding => EncodingHint.Dictionary;

    /// <summary>Adds a row.</summary>
    public void Add(string? value)
    {
        if (value is not null)
        {
            values.Add(value.AsMemory());
        }

        if (isNullable)
        {
            definitionLevels.Add(value is null ? 0 : 1);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(ParquetRowGroupWriter group) => group.WriteAllPartsAsync<ReadOnlyMemory<char>>(
        data, values.Memory, isNullable ? definitionLevels.Memory : default(ReadOnlyMemory<int>?), null, CancellationToken.None);

    /// <inheritdoc/>
    public override void Clear()
    {
        values.Clear();
        definitionLevels.Clear();
    }
}
