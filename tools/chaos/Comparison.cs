using System.Security.Cryptography;
using DuckDB.NET.Data;

namespace Sweeper.Chaos;

/// <summary>Whether two results folders say the same, and whether a folder's means are those of its rows.</summary>
internal static class Comparison
{
    /// <summary>SHA-256 of a folder's `curves.parquet`.</summary>
    public static string CurvesHash(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "curves.parquet"))));

    /// <summary>
    /// Cells of `curves.parquet` that differ from the mean that DuckDB computes from the segments by more than rounding
    /// (1e-12 relative), missing cells included; and the number of cells.
    /// </summary>
    public static (long Wrong, long Cells) CheckMeans(string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH rows AS (
                SELECT t.curve_id, s.* FROM read_parquet('{folder}/segments/*.parquet') s JOIN read_parquet('{folder}/trials.parquet') t USING (trial_id)),
            means AS (
                SELECT curve_id, step, source, metric, split, component, "index", member, avg(value) AS mean, count(value) AS n
                FROM rows GROUP BY ALL HAVING count(value) > 0),
            curves AS (SELECT * FROM read_parquet('{folder}/curves.parquet') WHERE source = 'run' AND n > 0)
            SELECT
                count(*) FILTER (WHERE c.mean IS NULL OR m.mean IS NULL OR c.n <> m.n
                    OR abs(c.mean - m.mean) > 1e-12 * greatest(abs(m.mean), 1e-300)),
                count(*)
            FROM means m FULL JOIN curves c USING (curve_id, step, source, metric, split, component, "index", member)
            """;
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Trials whose rows stand in more than one segment, or in none.</summary>
    public static long TrialsWithoutExactlyOneSegment(string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT count(*) FROM (
                SELECT t.trial_id, count(DISTINCT s.filename) AS files
                FROM read_parquet('{folder}/trials.parquet') t
                LEFT JOIN read_parquet('{folder}/segments/*.parquet', filename = true) s USING (trial_id)
                GROUP BY t.trial_id HAVING files <> 1)
            """;
        return (long)command.ExecuteScalar()!;
    }
}
