using System.Diagnostics;

namespace Sweeper.Tools;

/// <summary>The source tree that a tool was built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds `Sweeper.sln`.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Its commit, short.</summary>
    public static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "rev-parse", "--short", "HEAD"]) { RedirectStandardOutput = true })!;
        return git.StandardOutput.ReadToEnd().Trim();
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Sweeper.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
