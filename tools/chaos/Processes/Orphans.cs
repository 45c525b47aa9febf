namespace Sweeper.Chaos.Processes;

/// <summary>Every process that a campaign starts carries its mark in the environment, and so do the children of that.</summary>
internal static class Orphans
{
    /// <summary>The variable.</summary>
    public const string Variable = "SWEEPER_CHAOS";

    /// <summary>Processes with this mark that still run.</summary>
    public static IReadOnlyList<int> Find(string mark)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains($"{Variable}={mark}"))
                {
                    found.Add(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is somebody else's.
            }
        }

        return found;
    }

    /// <summary>Ends them with this process, for a campaign that ends before its time.</summary>
    public static void KillAtExit(string mark) => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Find(mark))
        {
            Signal.Send(process, Signal.Kill);
        }
    };
}
