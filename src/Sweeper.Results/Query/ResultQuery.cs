using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Results.Folders;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Query;

/// <summary>SQL over the results of one sweep. Reads only, and takes no lock.</summary>
public static partial class ResultQuery
{
    private const string NoSelect = "Expected a single SELECT statement";

    /// <summary>
    /// Runs one SELECT (DuckDB's dialect) over the views `curves`, `trials`, `summaries` and `measurements` (the rows of
    /// the segments, of current trials). Throws <see cref="SweepException"/>: usage for wrong SQL, preflight for a folder without results.
    /// </summary>
    public static ResultTable Run(string folder, string sql)
    {
        using var connection = OpenFor(sql, folder);
        return Run(connection, OneSelect(sql));
    }

    /// <summary>
    /// A connection for a SELECT that somebody typed; the caller disposes it. Where it reads segments, all of them have the bytes that were
    /// committed: Parquet does not notice a changed number.
    /// </summary>
    internal static DuckDBConnection OpenFor(string sql, string folder)
    {
        var results = new ResultFolder(folder);
        if (sql.Contains(ResultViews.OfSegments, StringComparison.OrdinalIgnoreCase))
        {
            SegmentCheck.VerifyAll(results);
        }

        return ResultViews.Open(results);
    }

    /// <summary>`query` takes one SELECT and nothing else: what is typed here cannot write.</summary>
    internal static string OneSelect(string sql) => $"FROM query({ResultViews.Quoted(sql)})";

    /// <summary>The same on an open connection, with `?` parameters; the SQL is the program's own.</summary>
    internal static ResultTable Run(DuckDBConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(parameter));
        }

        try
        {
            return Read(command);
        }
        catch (DuckDBException fault)
        {
            throw Refused(fault, connection);
        }
    }

    /// <summary>All rows of a command. Throws <see cref="DuckDBException"/>.</summary>
    internal static ResultTable Read(DuckDBCommand command)
    {
        using var reader = command.ExecuteReader();
        ImmutableArray<string> columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, columns.Length).Select(i => ResultValue.Of(reader, i))]);
        }

        return new ResultTable(columns, rows);
    }

    /// <summary>
    /// What DuckDB says of wrong SQL, without the line that it points into (it is not the one that was typed), with a remedy; of a
    /// damaged file, what is said of it everywhere.
    /// </summary>
    internal static SweepException Refused(DuckDBException fault, DuckDBConnection connection) =>
        ResultViews.DamageBehind(fault, connection) ?? new(
            ExitCode.Usage,
            fault.Message.Contains(NoSelect, StringComparison.Ordinal)
                ? "only one SELECT may stand here"
                : fault.Message.Split("\n\nLINE ")[0].Trim(),
            (UnknownColumn().Match(fault.Message) is { Success: true } unknown
                ? OfTrialsOnly(unknown.Groups["name"].Value, connection)
                : "write one SELECT over curves, trials, summaries, measurements; ")
            + "`DESCRIBE curves` lists the columns of one. Hyperparameters are columns "
            + "of trials, swept ones of curves too: `FROM summaries JOIN trials USING (trial_id)`", "query", fault);

    /// <summary>Whether SQL was refused because it names a column that is not there; the message then lists candidates.</summary>
    internal static bool IsUnknownColumn(SweepException refused) => UnknownColumn().IsMatch(refused.Message);

    /// <summary>A sentence on a hyperparameter that every trial has and no curve is told apart by; else nothing.</summary>
    private static string OfTrialsOnly(string name, DuckDBConnection connection)
    {
        bool IsColumnOf(string table) => Run(connection, $"DESCRIBE main.{table}").Rows
            .Any(row => name.Equals((string)row[0]!, StringComparison.OrdinalIgnoreCase));
        return ReservedNames.Contains(name) || !IsColumnOf("trials") || IsColumnOf("curves")
            ? ""
            : $"{name} is not swept, so it is a column of trials only. ";
    }

    [GeneratedRegex("^Binder Error: (Referenced column|[A-Z][a-z ]+ \"[^\"]+\" does not have a column named) \"(?<name>[^\"]+)\"")]
    private static partial Regex UnknownColumn();
}
