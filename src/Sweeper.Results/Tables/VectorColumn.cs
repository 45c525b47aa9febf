using Parquet;
using Parquet.Schema;

namespace Sweeper.Results.Tables;

/// <summary>A column of lists of doubles: LIST&lt;DOUBLE&gt; for every reader.</summary>
internal sealed class VectorColumn : Column
{
    private readonly DataField item = new(ListField.ElementName, typeof(double), isNullable: false);
    private readonly ListField list;
    private readonly Buffer<double> values = new();
    private readonly Buffer<int> definitionLevels = new();
    private readonly Buffer<int> repetitionLevels = new();

    /// <param name="name">Name in the file.</param>
    public VectorColumn(string name)
        : base(name) => list = new ListField(name, item);

    /// <inheritdoc/>
    public override Field Field => list;

    /// <inheritdoc/>
    public override EncodingHint Encoding => EncodingHint.ByteSplitStream;

    /// <inheritdoc/>
    public override string ValuePath => item.Path.ToString();

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<double> numbers)
    {
        // Levels of a nullable list of required doubles: 2 = a number, 1 = a list without numbers.
        if (numbers.IsEmpty)
        {
            definitionLevels.Add(1);
            repetitionLevels.Add(0);
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            values.Add(numbers[i]);
            definitionLevels.Add(2);
            repetitionLevels.Add(i == 0 ? 0 : 1);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(ParquetRowGroupWriter group) =>
        group.WriteAllPartsAsync<double>(item, values.Memory, definitionLevels.Memory, repetitionLevels.Memory, CancellationToken.None);

    /// <inheritdoc/>
    public override void Clear()
    {
        values.Clear();
        definitionLevels.Clear();
        repetitionLevels.Clear();
    }
}
