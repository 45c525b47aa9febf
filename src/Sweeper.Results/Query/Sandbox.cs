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

    /// <summary>How much memory a connection may use, and that it writes nothing to disk when that is too little.</summary>
    public static void Limit(DuckDBConnection connection, int megabytes)
    {
        Set(connection, $"memory_limit = '{megabytes}MB'");
        Set(connection, "temp_directory = ''");
    }

    private static void Set(DuckDBConnection connection, string setting) => ResultViews.Execute(connection, $"SET {setting}");
}
