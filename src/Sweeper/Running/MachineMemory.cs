using System.Globalization;

namespace Sweeper.Running;

/// <summary>How much memory the processes of this machine, container or job may still take.</summary>
internal static class MachineMemory
{
    private const string Control = "/sys/fs/cgroup";

    /// <summary>
    /// Bytes that the kernel could give, and no more than any control group of this process allows; null where nothing tells.
    /// </summary>
    public static long? Available() => Available(path => File.Exists(path) ? File.ReadAllText(path) : null);

    /// <summary>The same on a machine with these files; null for one that is not there.</summary>
    internal static long? Available(Func<string, string?> read)
    {
        var limits = Lines(read("/proc/self/cgroup")).SelectMany(Limits).Select(path => Number(read(path)));
        return limits.Append(Lines(read("/proc/meminfo")).Where(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))
            .Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024).FirstOrDefault()).Min();
    }

    /// <summary>Where the limits of a line of `/proc/self/cgroup` are: `0::/a/b` in version 2, `4:memory:/a/b` in version 1.</summary>
    private static IEnumerable<string> Limits(string line)
    {
        var (folder, file) = line.Split(':', 3) switch
        {
            ["0", "", var path] => (Control + path, "memory.max"),
            [_, var controllers, var path] when controllers.Split(',').Contains("memory") =>
                ($"{Control}/memory{path}", "memory.limit_in_bytes"),
            _ => ("", ""),
        };
        for (var above = folder; above.Length >= Control.Length; above = Path.GetDirectoryName(above)!)
        {
            yield return $"{above.TrimEnd('/')}/{file}";
        }
    }

    private static string[] Lines(string? text) => text?.Split('\n') ?? [];

    private static long? Number(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
