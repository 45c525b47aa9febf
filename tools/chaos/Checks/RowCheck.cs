using DuckDB.NET.Data;

namespace Sweeper.Chaos.Checks;

/// <summary>
/// The same once more, without a line of Sweeper's code: DuckDB reads journal and segments. A pack that paused has several files, each
/// of which names the one before it.
/// </summary>
internal static class RowCheck
{
    private const string Keys = "trial_id, member, step, source, metric, split, component, \"index\"";

    private static readonly (string Sql, string Wrong)[] Questions =
    [
        (
            "SELECT count(*) FROM (SELECT t.trial_id FROM trials t LEFT JOIN current_trials c USING (trial_id) GROUP BY ALL HAVING "
            + "count(c.trial_id) <> 1)",
            "trials are not in exactly one current pack"),
        ("SELECT count(*) FROM trials WHERE state NOT IN ('committed', 'diverged')", "trials are neither committed nor diverged"),
        ($"SELECT count(*) FROM (SELECT {Keys} FROM rows GROUP BY ALL HAVING count(*) > 1)", "rows are there more than once"),
        (
            "SELECT count(*) FROM (FROM expected EXCEPT ALL FROM rows)",
            "rows of the quiet run are missing, or another number stands in them"),
        ("SELECT count(*) FROM (FROM rows EXCEPT ALL FROM expected)", "rows are there that the quiet run has not"),
        ("""
         WITH means AS (
             SELECT curve_id, step, source, metric, split, component, "index", member, avg(value) AS mean, count(value) AS n
             FROM rows JOIN trials USING (trial_id) GROUP BY ALL HAVING count(value) > 0)
         SELECT count(*) FROM means m FULL JOIN (FROM curves
           WHERE source = 'run' AND n > 0) c USING (curve_id, step, source, metric, split, component, "index", member)
         WHERE c.mean IS NULL OR m.mean IS NULL OR c.n <> m.n OR abs(c.mean - m.mean) > 1e-12 * greatest(abs(m.mean), 1e-300)
         """, "means of curves.parquet are not those of the rows"),
    ];

    /// <summary>What is not so.</summary>
    public static IEnumerable<string> Of(string folder, string reference)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Ask(
            connection,
            $"CREATE VIEW trials AS FROM read_parquet('{folder}/trials.parquet'); CREATE VIEW curves "
            + $"AS FROM read_parquet('{folder}/curves.parquet')");
        Commits(connection, "mine", folder);
        Commits(connection, "quiet", reference);
        Ask(connection, "CREATE TABLE current_trials AS SELECT unnest(trials) AS trial_id FROM mine_last");
        Rows(connection, "rows", "mine", folder);
        Rows(connection, "expected", "quiet", reference);
        foreach (var (sql, wrong) in Questions)
        {
            if (Ask(connection, sql) is var count and > 0)
            {
                yield return $"{count} {wrong}";
            }
        }
    }

    /// <summary>
    /// Committed segments, the last of every pack, and the files that count: from the last one of each back to its first.
    /// </summary>
    private static void Commits(DuckDBConnection connection, string name, string folder) => Ask(connection,
        $"""
        CREATE TABLE {name}_lines AS SELECT row_number() OVER () AS line, entry
            FROM read_json('{folder}/journal.jsonl', format = 'newline_delimited', columns = {"{"}entry: 'JSON'{"}"},
              maximum_object_size = 100000000);
        CREATE TABLE {name}_commits AS
            SELECT c.line, g.entry->>'$.pack' AS pack, g.entry->>'$.segment.name' AS file, g.entry->>'$.content.after' AS after,
                coalesce((g.entry->>'$.segment.checkpoint'), 'null') <> 'null' AS is_paused,
                CAST(g.entry->'$.content.trials' AS VARCHAR[]) AS trials
            FROM {name}_lines c JOIN {name}_lines g ON (c.entry->>'$.event') = 'committed' AND (g.entry->>'$.event') = 'granted'
                AND (c.entry->>'$.lease') = (g.entry->>'$.lease') AND (c.entry->>'$.segment') = (g.entry->>'$.segment.name')
            QUALIFY row_number() OVER (PARTITION BY c.line ORDER BY g.line DESC) = 1;
        CREATE TABLE {name}_last AS FROM {name}_commits
          WHERE NOT is_paused QUALIFY row_number() OVER (PARTITION BY pack ORDER BY line DESC) = 1;
        CREATE TABLE {name}_files AS WITH RECURSIVE chain AS (
            SELECT file, after FROM {name}_last
            UNION SELECT c.file, c.after FROM chain JOIN {name}_commits c ON c.file = chain.after)
            SELECT DISTINCT file FROM chain
        """);

    private static void Rows(DuckDBConnection connection, string view, string name, string folder) => Ask(connection,
        $"""
        CREATE TABLE {view} AS SELECT {Keys}, value FROM read_parquet('{folder}/segments/*.parquet', filename = true)
            WHERE parse_filename(filename) IN (SELECT file FROM {name}_files)
        """);

    private static long Ask(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long count ? count : 0;
    }
}
