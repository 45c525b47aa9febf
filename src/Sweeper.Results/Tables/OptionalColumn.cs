using Parquet;
using Parquet.Schema;

namespace Sweeper.Results.Tables;

/// <summary>
/// A column of numbers where a row may have none. Not-a-number is stored as null: readers sort and average NaN differently.
/// </summary>
internal sealed class OptionalColumn<T>(string name) : Column(name)
    where T : struct
{
    private readonly DataField data = new(name, typeof(T), isNullable: true);
    private readonly Buffer<T> values = new();
    private readonly Buffer<int> definitionLevels = new();

    /// <inheritdoc/>
    public override Field Field => data;

    /// <inheritdoc/>
    public override EncodingHint Encoding => typeof(T) == typeof(double) ? EncodingHint.ByteSplitStream : EncodingHint.Default;

    /// <summary>Adds a row.</summary>
    public void Add(T? value)
    {
        if (value is { } present && !(present is double number && double.IsNaN(number)))
        {
            values.Add(present);
            definitionLevels.Add(1);
        }
        else
        {
            definitionLevels.Add(0);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(ParquetRowGroupWriter group) =>
        group.WriteAllPartsAsync<T>(data, values.Memory, definitionLevels.Memory, null, CancellationToken.None);

    /// <inheritdoc/>
    public override void Clear()
    {
        values.Clear();
        definitionLevels.Clear();
    }
}
