namespace Sweeper.Chaos;

/// <summary>Where things lie in this checkout.</summary>
internal static class Repository
{
    /// <summary>The folder that holds `Sweeper.sln`.</summary>
    public static string Root => Checkout.Root;

    /// <summary>The `sweeper` program: beside this one, or of the same configuration.</summary>
    public static string Program { get; } = Find();

    private static string Find()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "sweeper.dll");
        var output = Path.GetRelativePath(Path.Combine(Root, "tools/chaos"), AppContext.BaseDirectory);
        return File.Exists(beside) ? beside : Path.Combine(Root, "src/Sweeper", output, "sweeper.dll");
    }
}
