using DuckDB.NET.Data;

namespace Sweeper.Results.Query;

/// <summary>
/// What SQL of somebody else can do: read the tables of one results folder. No other file, no network, no extension, no setting; the
/// one statement that it may be is a SELECT (<see cref="ResultQuery.OneSelect"/>).
/// </summary>
internal static class Sandbox
{
    /// <summary>Closes a connection whose views are made. What it may read are these files, and files in these folders.</summary>
    public static void Close(DuckDBConnection connection, IEnumerable<string> files, IEnumerable<string> folders)
    {
        static string List(IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(ResultViews.Quoted))}]";
        Set(connection, $"allowed_paths = {List(files)}");
        Set(connection, $"allowed_directories = {List(folders)}");
        Set(connection, "enable_external_access = false");
        Set(connection, "lock_configuration = true");
    }

    /// <summary>How much memory a connection may use; what needs more ends, and nothing is written to disk for it.</summary>
    public static void Limit(DuckDBConnection connection, int megabytes)
    {
        Set(connection, $"memory_limit = '{megabytes}MB'");
        Set(connection, "temp_directory = ''");
        // Sums are then added in one order: equal numbers have equal means, and a verdict is always the same.
        Set(connection, "threads = 1");
    }

    private static void Set(DuckDBConnection connection, string setting) => ResultViews.Execute(connection, $"SET {setting}");
}
