using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace Sweeper.Results.Tables;

/// <summary>
/// Writes rows into a Parquet file: zstd at its ordinary level, dictionary words, byte-stream-split doubles. The bytes
/// depend on the rows and the metadata only. Without <see cref="Finish"/> the file is not readable.
/// </summary>
internal sealed class TableWriter
{
    /// <summary>Rows of every row group but the last, at least.</summary>
    public const int RowGroupSize = 1 << 17;

    private readonly IReadOnlyList<Column> columns;
    private readonly ParquetWriter writer;
    private readonly Dictionary<string, string> metadata;
    private int pending;

    /// <param name="stream">Written from its beginning; stays open.</param>
    /// <param name="columns">Its columns, in order; rows are added to them directly.</param>
    /// <param name="metadata">Stored as key-value metadata.</param>
    public TableWriter(Stream stream, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> metadata)
    {
        this.columns = columns;
        var schema = new ParquetSchema(columns.Select(column => column.Field));
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Optimal, DictionaryEncodingThreshold = 1,
        };
        foreach (var column in columns)
        {
            options.ColumnEncodingHints[column.ValuePath] = column.Encoding;
        }

        writer = ParquetWriter.CreateAsync(schema, stream, options).GetAwaiter().GetResult();
        this.metadata = new Dictionary<string, string>(metadata);
    }

    /// <summary>Rows added so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Says that every column got its value of the next row, or of several.</summary>
    public void EndRow(int rows = 1)
    {
        Rows += rows;
        pending += rows;
        if (pending >= RowGroupSize)
        {
            WriteRowGroup();
        }
    }

    /// <summary>Adds to the metadata.</summary>
    public void Describe(string key, string value) => metadata.Add(key, value);

    /// <summary>Writes what is left and the footer.</summary>
    public void Finish()
    {
        if (pending > 0 || Rows == 0)
        {
            WriteRowGroup();
        }

        writer.CustomMetadata = metadata;
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void WriteRowGroup()
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            column.WriteAsync(group).GetAwaiter().GetResult();
        }

        group.CompleteValidate();
        foreach (var column in columns)
        {
            column.Clear();
        }

        pending = 0;
    }
}
