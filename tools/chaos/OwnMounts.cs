using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sweeper.Chaos;

/// <summary>
/// A mount namespace for this process: it becomes `unshare -m` and then itself again, with the same process id. What it mounts
/// nobody else sees, and it is gone when the last of its processes is.
/// </summary>
internal static partial class OwnMounts
{
    private const string Variable = "SWEEPER_CHAOS_MOUNTS";

    /// <summary>Why there is none, or null.</summary>
    public static string? Lack { get; private set; }

    /// <summary>Returns in the namespace, or, where there cannot be one, outside of it.</summary>
    public static void Enter(string[] arguments)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return;
        }

        if (!IsPossible())
        {
            Lack = "mounts need root and `unshare -m`";
            return;
        }

        _ = SetVariable(Variable, "own", 1);
        var self = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(OwnMounts).Assembly.Location] : Array.Empty<string>();
        _ = Execute("unshare", ["unshare", "-m", Environment.ProcessPath!, .. self, .. arguments, null]);
        Lack = "unshare could not be executed";
    }

    private static bool IsPossible()
    {
        try
        {
            using var trial = Process.Start(new ProcessStartInfo("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]) { RedirectStandardError = true })!;
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
