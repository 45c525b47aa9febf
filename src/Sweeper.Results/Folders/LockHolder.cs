using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sweeper.Results.Folders;

/// <summary>Who claims the right to write into a folder. Read from the claim alone, so that looking never disturbs a writer.</summary>
/// <param name="Host">Host name.</param>
/// <param name="Process">Process id on that host.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="IsAlive">Whether that process runs; null on another host, where only its silence would tell.</param>
public sealed partial record LockHolder(string Host, int Process, int Epoch, bool? IsAlive)
{
    // A process is older than the claim that it wrote; start times are known to a clock tick.
    private static readonly TimeSpan ClockTick = TimeSpan.FromSeconds(2);

    /// <summary>The latest claim, or null when there is none: a writer that ended in order removes its own.</summary>
    public static LockHolder? Read(string folder)
    {
        var paths = new ResultFolder(folder);
        if (!Directory.Exists(folder) || paths.Epochs().DefaultIfEmpty().Max() is not (> 0 and var epoch))
        {
            return null;
        }

        try
        {
            var claim = paths.Epoch(epoch);
            return Claim().Match(File.ReadAllText(claim)) is { Success: true } match
                ? Of(
                    match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), epoch,
                    File.GetLastWriteTimeUtc(claim))
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>What a claim says.</summary>
    internal static string Describe(int epoch) => string.Create(
        CultureInfo.InvariantCulture, $"host {Environment.MachineName}, process {Environment.ProcessId}, epoch {epoch}\n");

    private static LockHolder Of(string host, int process, int epoch, DateTime claimed) =>
        new(host, process, epoch, host == Environment.MachineName ? Runs(process, claimed) : null);

    private static bool Runs(int process, DateTime claimed)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime() <= claimed + ClockTick;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^host (.+), process (\d+), epoch \d+")]
    private static partial Regex Claim();
}
