using System.Reflection;
using DuckDB.NET.Data;

namespace Sweeper.Results.Query;

/// <summary>Reads one value of a query's row.</summary>
internal static class ResultValue
{
    private static readonly MethodInfo GetFieldValue = typeof(DuckDBDataReader).GetMethod(
        nameof(DuckDBDataReader.GetFieldValue), 1, [typeof(int)])!;

    /// <summary>The value, or null. Numbers in lists may be null too, which the reader's own GetValue refuses.</summary>
    public static object? Of(DuckDBDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        return reader.GetFieldType(column) is { IsGenericType: true } list && list.GetGenericArguments() is [{ IsValueType: true } number]
            ? GetFieldValue.MakeGenericMethod(typeof(List<>).MakeGenericType(typeof(Nullable<>).MakeGenericType(number)))
                .Invoke(reader, [column])
            : reader.GetValue(column);
    }
}
