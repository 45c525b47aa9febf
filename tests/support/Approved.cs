namespace Sweeper.Support;

/// <summary>
/// Files of the tree that hold what a test expects and a program can write. With SWEEPER_APPROVE set, tests write them anew: look at
/// the diff, and commit it if it is meant.
/// </summary>
internal static class Approved
{
    /// <summary>Whether they are to be written.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable("SWEEPER_APPROVE") is { Length: > 0 };

    /// <summary>Writes one, if that is asked, and says what it holds: nothing where it is not there.</summary>
    /// <param name="file">Its path in the tree.</param>
    /// <param name="text">What it would hold.</param>
    /// <param name="holds">Whether what it holds is as good: then it is left alone.</param>
    public static string Read(string file, Func<string> text, Func<string, bool>? holds = null)
    {
        var path = Path.Combine(Repository.Root, file);
        if (IsAsked && !(holds is not null && File.Exists(path) && holds(File.ReadAllText(path))))
        {
            File.WriteAllText(path, text());
        }

        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
