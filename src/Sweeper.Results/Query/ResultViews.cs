using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;

namespace Sweeper.Results.Query;

/// <summary>The files of a results folder as views of a DuckDB in memory.</summary>
internal static class ResultViews
{
    private const string NoMeasurements =
        """
        SELECT NULL::VARCHAR AS trial_id, NULL::INTEGER AS member, NULL::BIGINT AS step, NULL::VARCHAR AS source, NULL::VARCHAR AS metric,
          NULL::VARCHAR AS split, NULL::VARCHAR AS component, NULL::INTEGER AS index, NULL::DOUBLE AS value WHERE false
        """;

    /// <summary>A connection with the views; the caller disposes it.</summary>
    public static DuckDBConnection Open(ResultFolder folder)
    {
        foreach (var file in (string[])[folder.Trials, folder.Curves, folder.Summaries])
        {
            if (!File.Exists(file))
            {
                throw new SweepException(ExitCode.Preflight, "there are no results here yet", "`sweeper run` or `sweeper aggregate` makes them", file);
            }
        }

        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, "SET autoinstall_known_extensions = false");
        Execute(connection, $"CREATE VIEW trials AS FROM read_parquet({Quoted(folder.Trials)})");
        Execute(connection, $"CREATE VIEW curves AS FROM read_parquet({Quoted(folder.Curves)})");
        Execute(connection, $"CREATE VIEW summaries AS FROM read_parquet({Quoted(folder.Summaries)})");
        Execute(connection, $"CREATE VIEW measurements AS {Measurements(folder)}");
        return connection;
    }

    /// <summary>A path or word as an SQL literal.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column's name as an SQL identifier.</summary>
    public static string Named(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A file may hold rows that a later file replaced: only those of the trial's current pack count.</summary>
    private static string Measurements(ResultFolder folder) => Directory.Exists(folder.Segments) && Directory.EnumerateFiles(folder.Segments, "*.parquet").Any()
        ? $"""
          SELECT m.* EXCLUDE (filename) FROM read_parquet({Quoted(Path.Combine(folder.Segments, "*.parquet"))}, filename = true) m
          WHERE EXISTS (SELECT 1 FROM trials t WHERE t.trial_id = m.trial_id AND t.state <> 'pending'
            AND starts_with(parse_filename(m.filename), t.pack || '-'))
          {Except(JournalReader.Read(folder.Path))}
          """
        : NoMeasurements;

    /// <summary>Files of the current pack, too, may hold what does not count: of a beginning that was given up, or not ended yet.</summary>
    private static string Except(IReadOnlyList<JournalEntry> journal)
    {
        var history = SweepHistory.Fold(journal);
        var names = history.Begun.Values.SelectMany(paused => paused.Files).Select(file => file.Name).Concat(history.Gone).ToList();
        return names.Count == 0 ? "" : $"AND parse_filename(m.filename) NOT IN ({string.Join(", ", names.Select(Quoted))})";
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
