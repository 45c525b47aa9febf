using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Results.Folders;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Query;

/// <summary>The files of a results folder as views of a DuckDB in memory.</summary>
internal static class ResultViews
{
    /// <summary>The view that reads committed segments; the others read files that are derived from them.</summary>
    public const string OfSegments = "measurements";

    /// <summary>The columns of measurements, without rows.</summary>
    public const string NoMeasurements =
        """
        SELECT NULL::VARCHAR AS trial_id, NULL::INTEGER AS member, NULL::BIGINT AS step, NULL::VARCHAR AS source, NULL::VARCHAR AS metric,
          NULL::VARCHAR AS split, NULL::VARCHAR AS component, NULL::INTEGER AS index, NULL::DOUBLE AS value WHERE false
        """;

    /// <summary>
    /// A connection with the views, in the <see cref="Sandbox"/>; the caller disposes it. Throws <see cref="SweepException"/> (preflight)
    /// where there are no results, or not all that were committed.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prepare">Told the connection once its views are made, before nothing can be set any more.</param>
    public static DuckDBConnection Open(ResultFolder folder, Action<DuckDBConnection>? prepare = null)
    {
        folder = new ResultFolder(Path.GetFullPath(folder.Path));
        foreach (var file in (string[])[folder.Trials, folder.Curves, folder.Summaries])
        {
            if (!File.Exists(file))
            {
                throw new SweepException(
                    ExitCode.Preflight, "there are no results here yet", "`sweeper run` or `sweeper aggregate` makes them", file);
            }
        }

        var history = SegmentCheck.HistoryOfWhole(folder);
        var connection = new FolderConnection(folder);
        try
        {
            connection.Open();
            Execute(connection, "SET autoinstall_known_extensions = false");
            Derived(connection, "trials", folder.Trials);
            Derived(connection, "curves", folder.Curves);
            Derived(connection, "summaries", folder.Summaries);
            Execute(connection, $"CREATE VIEW {OfSegments} AS {Measurements(folder, history)}");
            prepare?.Invoke(connection);
            Sandbox.Close(connection, [folder.Trials, folder.Curves, folder.Summaries], [folder.Segments]);
            return connection;
        }
        catch (Exception fault)
        {
            connection.Dispose();
            if (fault is DuckDBException)
            {
                // A view reads the beginnings of its files.
                SegmentCheck.VerifyAll(folder);
            }

            throw;
        }
    }

    /// <summary>What a fault of the database is about: files that are not what was committed; else null, and the SQL is wrong.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="connection">Of <see cref="Open"/>.</param>
    public static SweepException? DamageBehind(DuckDBException fault, DuckDBConnection? connection)
    {
        // What a statement alone can be wrong in costs no look at the files.
        if (connection is not FolderConnection { Folder: var folder }
            || fault.ErrorType is DuckDBErrorType.Parser or DuckDBErrorType.Syntax or DuckDBErrorType.Binder or DuckDBErrorType.Catalog
                or DuckDBErrorType.Conversion)
        {
            return null;
        }

        try
        {
            SegmentCheck.VerifyAll(folder);
            return null;
        }
        catch (SweepException damage)
        {
            return damage;
        }
    }

    /// <summary>A path or word as an SQL literal.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column's name as an SQL identifier.</summary>
    public static string Named(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A file may hold rows that a later file replaced: only those of the trial's current pack count.</summary>
    private static string Measurements(ResultFolder folder, SweepHistory history) =>
        Directory.Exists(folder.Segments) && Directory.EnumerateFiles(folder.Segments, "*.parquet").Any()
            ? $"""
              SELECT m.* EXCLUDE (filename) FROM read_parquet({Quoted(Path.Combine(folder.Segments, "*.parquet"))}, filename = true) m
              WHERE EXISTS (SELECT 1 FROM main.trials t WHERE t.trial_id = m.trial_id AND t.state <> 'pending'
                AND starts_with(parse_filename(m.filename), t.pack || '-'))
              {Except(history)}
              """
            : NoMeasurements;

    /// <summary>Files of the current pack, too, may hold what does not count: of a beginning that was given up, or not ended yet.</summary>
    private static string Except(SweepHistory history)
    {
        var names = history.Begun.Values.SelectMany(paused => paused.Files).Select(file => file.Name).Concat(history.Gone).ToList();
        return names.Count == 0 ? "" : $"AND parse_filename(m.filename) NOT IN ({string.Join(", ", names.Select(Quoted))})";
    }

    private static void Derived(DuckDBConnection connection, string view, string file)
    {
        try
        {
            Execute(connection, $"CREATE VIEW {view} AS FROM read_parquet({Quoted(file)})");
        }
        catch (DuckDBException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, $"the file of {view} cannot be read: it is damaged",
                "`sweeper aggregate` makes it again from the committed rows", file, fault);
        }
    }

    /// <summary>Runs a statement of the program's own.</summary>
    public static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class FolderConnection(ResultFolder folder) : DuckDBConnection("DataSource=:memory:")
    {
        public ResultFolder Folder => folder;
    }
}
