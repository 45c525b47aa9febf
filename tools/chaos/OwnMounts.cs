using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sweeper.Chaos;

/// <summary>
/// A mount namespace for this process, and a network of its own if it needs one: it becomes `unshare -m` and then itself again, with the
/// same process id. What it mounts nobody else sees, and all is gone when the last of its processes is.
/// </summary>
internal static partial class OwnMounts
{
    private const string Variable = "SWEEPER_CHAOS_MOUNTS";
    private const string WithNetwork = "own, with a network";

    /// <summary>Why there is none, or null.</summary>
    public static string? Lack { get; private set; }

    /// <summary>Whether the network is its own, too.</summary>
    public static bool HasNetwork { get; private set; }

    /// <summary>Returns in the namespace, or, where there cannot be one, outside of it.</summary>
    public static void Enter(string[] arguments, bool needsNetwork)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } entered)
        {
            HasNetwork = entered == WithNetwork;
            return;
        }

        string[] flags = needsNetwork ? ["-m", "-n"] : ["-m"];
        if (!IsPossible(flags))
        {
            Lack = $"mounts need root and `unshare {string.Join(' ', flags)}`";
            return;
        }

        _ = SetVariable(Variable, needsNetwork ? WithNetwork : "own", 1);
        var self = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [typeof(OwnMounts).Assembly.Location]
            : Array.Empty<string>();
        _ = Execute("unshare", ["unshare", .. flags, Environment.ProcessPath!, .. self, .. arguments, null]);
        Lack = "unshare could not be executed";
    }

    private static bool IsPossible(string[] flags)
    {
        try
        {
            using var trial = Process.Start(
                new ProcessStartInfo("unshare", [.. flags, "mount", "-t", "tmpfs", "none", "/mnt"]) { RedirectStandardError = true })!;
            trial.WaitForExit();
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "execvp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string file, string?[] arguments);
}
