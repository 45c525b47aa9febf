using System.Globalization;

namespace Sweeper.Chaos.Faults;

/// <summary>
/// A clock of one process that can be set while it runs, by libfaketime: the time of day leaps, waits and files stay right.
/// </summary>
internal static class FakeClock
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    /// <summary>Why there is none, or null.</summary>
    public static string? Lack => File.Exists(Library) ? null : $"there is no {Library} (package faketime)";

    /// <summary>What the process is started with.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables(string folder)
    {
        Set(folder, 0);
        return
        [
            new("LD_PRELOAD", Library), new("FAKETIME_TIMESTAMP_FILE", FileOf(folder)), new("FAKETIME_NO_CACHE", "1"),
            new("FAKETIME_DONT_FAKE_MONOTONIC", "1"), new("FAKETIME_FORCE_MONOTONIC_FIX", "0"), new("NO_FAKE_STAT", "1"),
        ];
    }

    /// <summary>Sets it so many seconds before or behind the true time.</summary>
    public static void Set(string folder, int seconds)
    {
        File.WriteAllText(FileOf(folder) + ".new", string.Create(CultureInfo.InvariantCulture, $"{(seconds < 0 ? "" : "+")}{seconds}\n"));
        File.Move(FileOf(folder) + ".new", FileOf(folder), overwrite: true);
    }

    private static string FileOf(string folder) => Path.Combine(folder, "clock");
}
