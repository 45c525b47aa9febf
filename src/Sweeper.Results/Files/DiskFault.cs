using Sweeper.Core.Errors;

namespace Sweeper.Results.Files;

/// <summary>Turns what a disk refuses into one message; nothing committed is lost by any of these.</summary>
internal static class DiskFault
{
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>Runs an action on a file or folder; its I/O errors become <see cref="SweepException"/> (preflight).</summary>
    public static void Guard(string path, Action action) => Guard(path, () =>
    {
        action();
        return true;
    });

    /// <summary>The same with a result.</summary>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Explain(path, fault);
        }
    }

    private static SweepException Explain(string path, Exception fault) => fault switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } => new SweepException(
            ExitCode.Preflight, "the disk is full",
            "free some space, then `sweeper run` continues; what is committed is safe", path, fault),
        IOException { HResult: ReadOnly } => new SweepException(
            ExitCode.Preflight, "the file system is read-only", "name another folder with --results", path, fault),
        UnauthorizedAccessException => new SweepException(
            ExitCode.Preflight, "no permission to write here", "make the folder writable, or name another with --results", path, fault),
        _ => new SweepException(
            ExitCode.Preflight, $"cannot be read or written: {fault.Message}",
            "mend the disk or name another folder with --results; what is committed is safe", path, fault),
    };
}
