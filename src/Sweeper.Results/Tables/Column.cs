using Parquet;
using Parquet.Schema;

namespace Sweeper.Results.Tables;

/// <summary>One column of a Parquet file under construction: rows are added one by one and written a row group at a time.</summary>
internal abstract class Column(string name)
{
    /// <summary>Name in the file: snake_case.</summary>
    public string Name { get; } = name;

    /// <summary>Its place in the schema.</summary>
    public abstract Field Field { get; }

    /// <summary>How the values are laid out before compression.</summary>
    public virtual EncodingHint Encoding => EncodingHint.Default;

    /// <summary>Dotted path of the values inside the schema.</summary>
    public virtual string ValuePath => Name;

    /// <summary>Writes the rows added so far.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group);

    /// <summary>Forgets them, when all columns are written.</summary>
    public abstract void Clear();
}
