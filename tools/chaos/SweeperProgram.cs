using IO = System.IO;

namespace Sweeper.Chaos;

/// <summary>The `sweeper` program of this checkout: beside this one, or of the same configuration.</summary>
internal static class SweeperProgram
{
    /// <summary>Its assembly.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var beside = IO.Path.Combine(AppContext.BaseDirectory, "sweeper.dll");
        var output = IO.Path.GetRelativePath(IO.Path.Combine(Checkout.Root, "tools/chaos"), AppContext.BaseDirectory);
        return File.Exists(beside) ? beside : IO.Path.Combine(Checkout.Root, "src/Sweeper", output, "sweeper.dll");
    }
}
