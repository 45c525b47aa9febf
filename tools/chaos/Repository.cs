namespace Sweeper.Chaos;

/// <summary>Where things lie in this checkout.</summary>
internal static class Repository
{
    /// <summary>The folder that holds `Sweeper.sln`.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The `sweeper` program of the same configuration as this one.</summary>
    public static string Program
    {
        get
        {
            var output = Path.GetRelativePath(Path.Combine(Root, "tools/chaos"), AppContext.BaseDirectory);
            return Path.Combine(Root, "src/Sweeper", output, "sweeper.dll");
        }
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Sweeper.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
