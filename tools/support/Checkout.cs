using System.Diagnostics;

namespace Sweeper.Tools;

/// <summary>The source tree that a tool was built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds `Sweeper.sln`.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>`sweeper` as it is built for people: beside a tool lies a copy of it with packages that .NET has yet to compile.</summary>
    public static string Sweeper { get; } = Path.Combine(
        [
            Root, "src", "Sweeper",
            // Behind the folder of the tool: bin, configuration, framework.
            .. Path.GetRelativePath(Root, AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar).Skip(2), "sweeper.dll",
        ]);

    /// <summary>Its commit, short.</summary>
    public static string Commit()
    {
        using var git =
            Process.Start(new ProcessStartInfo("git", ["-C", Root, "rev-parse", "--short", "HEAD"]) { RedirectStandardOutput = true })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Sweeper.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
