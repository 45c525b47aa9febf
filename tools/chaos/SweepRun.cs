using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sweeper.Chaos;

/// <summary>One `sweeper run` process.</summary>
internal sealed partial class SweepRun : IDisposable
{
    private const int Kill = 9;
    private readonly Process process;

    /// <summary>Starts it; <paramref name="failpoint"/> makes it kill itself in a given state.</summary>
    public SweepRun(string sweep, string results, string? failpoint = null, string? failpointLog = null)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program, "run", sweep, "--results", results])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (failpoint is not null)
        {
            start.Environment["SWEEPER_FAILPOINT"] = failpoint;
            start.Environment["SWEEPER_FAILPOINT_LOG"] = failpointLog;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last line it printed.</summary>
    public string LastLine { get; private set; } = "";

    /// <summary>Waits for its end; false when <paramref name="limit"/> passed first.</summary>
    public bool WaitForExit(TimeSpan limit) => process.WaitForExit(limit);

    /// <summary>Its exit code: 137 after SIGKILL.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Ends it without a word.</summary>
    public void SendKill()
    {
        _ = Send(process.Id, Kill);
        process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            SendKill();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            LastLine = line;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
