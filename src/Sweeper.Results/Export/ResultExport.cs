using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Sweeper.Results.Files;
using Sweeper.Results.Query;

namespace Sweeper.Results.Export;

/// <summary>Writes the rows of a query for programs without a Parquet reader.</summary>
public static class ResultExport
{
    // The earliest that a zip can say: equal rows are equal bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>As CSV (RFC 4180, `\n`), streaming. Returns the number of rows.</summary>
    public static long ToCsv(string folder, string sql, TextWriter output)
    {
        var rows = 0L;
        ResultReader.Read(
            folder, sql,
            columns => output.Write(ResultTable.CsvLine(columns.Select(column => column.Name)) + "\n"),
            row =>
            {
                output.Write(ResultTable.CsvLine(row) + "\n");
                rows++;
            });
        return rows;
    }

    /// <summary>As a CSV file, whole or not there. Returns the number of rows.</summary>
    public static long ToCsvFile(string folder, string sql, string path) => ToFile(path, stream =>
    {
        using var text = new StreamWriter(stream, Utf8, 1 << 16, leaveOpen: true);
        return ToCsv(folder, sql, text);
    });

    /// <summary>
    /// As NPZ: a zip with one array a column, for `numpy.load` without pickle. Returns the number of rows. Holds the rows in memory.
    /// </summary>
    public static long ToNpzFile(string folder, string sql, string path)
    {
        var arrays = ImmutableArray<NpyColumn>.Empty;
        var rows = 0L;
        ResultReader.Read(folder, sql, columns => arrays = [.. columns.Select(column => new NpyColumn(column))], row =>
        {
            for (var i = 0; i < row.Length; i++)
            {
                arrays[i].Add(row[i]);
            }

            rows++;
        });
        return ToFile(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var array in arrays)
            {
                var entry = zip.CreateEntry($"{array.Name}.npy");
                entry.LastWriteTime = NoTime;
                using var bytes = entry.Open();
                array.Write(bytes);
            }

            return rows;
        });
    }

    private static long ToFile(string path, Func<Stream, long> write) => DiskFault.Guard(path, () =>
    {
        var rows = 0L;
        DurableFile.Replace(path, path + ".partial", stream => rows = write(stream));
        return rows;
    });
}
