using System.Collections.Immutable;
using DuckDB.NET.Data;

namespace Sweeper.Results.Query;

/// <summary>The rows of a query one at a time, for what does not fit in memory.</summary>
public static class ResultReader
{
    /// <summary>
    /// Runs one SELECT as <see cref="ResultQuery.Run(string, string)"/> does; <paramref name="begin"/> is told the columns, then
    /// <paramref name="row"/> gets every row in an array that is used again.
    /// </summary>
    public static void Read(string folder, string sql, Action<ImmutableArray<ResultColumn>> begin, Action<object?[]> row)
    {
        using var connection = ResultQuery.OpenFor(sql, folder);
        using var command = connection.CreateCommand();
        command.CommandText = ResultQuery.OneSelect(sql);
        command.UseStreamingMode = true;
        try
        {
            using var reader = command.ExecuteReader();
            begin([.. Enumerable.Range(0, reader.FieldCount).Select(i => new ResultColumn(reader.GetName(i), reader.GetFieldType(i)))]);
            var values = new object?[reader.FieldCount];
            while (reader.Read())
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = ResultValue.Of(reader, i);
                }

                row(values);
            }
        }
        catch (DuckDBException fault)
        {
            throw ResultQuery.Refused(fault, connection);
        }
    }
}

/// <summary>A column of a query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its values.</param>
public sealed record ResultColumn(string Name, Type Type);
