using System.Diagnostics;

namespace Sweeper.Chaos.Processes;

/// <summary>One life of a `sweeper` process.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int KeptLines = 30;
    private readonly Process process;
    private readonly Queue<string> said = new();
    private readonly HashSet<int> expected = [];

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its verb and options.</param>
    /// <param name="environment">Variables besides this process's own.</param>
    /// <param name="through">A command before it, which it replaces: where it runs.</param>
    public ChildProcess(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string>? through = null)
    {
        // Whatever started this campaign may ignore Ctrl-C, as shells without job control do in the background, and that is inherited.
        string[] command = [.. through ?? [], "env", "--default-signal=INT", "dotnet", SweeperProgram.Path, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Id => process.Id;

    /// <summary>Whether it is there; a stopped process is.</summary>
    public bool IsAlive => !process.HasExited;

    /// <summary>What it printed last.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    /// <summary>From now on these exit codes are no surprise.</summary>
    public void Expect(params int[] exitCodes)
    {
        lock (expected)
        {
            expected.UnionWith(exitCodes);
        }
    }

    /// <summary>Whether it may end so.</summary>
    public bool Expects(int exitCode)
    {
        lock (expected)
        {
            return expected.Contains(exitCode);
        }
    }

    /// <summary>Sends a signal.</summary>
    public void Send(int signal)
    {
        if (IsAlive)
        {
            Signal.Send(process.Id, signal);
        }
    }

    /// <summary>Ends it without a word.</summary>
    public void Kill()
    {
        Expect(Signal.Killed);
        Send(Signal.Kill);
    }

    /// <summary>Waits for its end; its exit code.</summary>
    public async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (string.IsNullOrWhiteSpace(line.Data))
        {
            return;
        }

        lock (said)
        {
            said.Enqueue(line.Data);
            if (said.Count > KeptLines)
            {
                said.Dequeue();
            }
        }
    }
}
