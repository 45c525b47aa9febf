using System.Diagnostics;
using System.Text;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>A `sweeper` process that runs while the test goes on; killed at its end at the latest.</summary>
internal sealed class BackgroundProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly StringBuilder said = new();
    private readonly Process process;

    public BackgroundProcess(string folder, params string[] arguments)
        : this(folder, [], arguments)
    {
    }

    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables that it and what it starts have besides this test's own.</param>
    /// <param name="arguments">Its arguments.</param>
    public BackgroundProcess(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [SweeperProcess.Program, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
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

    /// <summary>All that it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    /// <summary>Its number.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Processes that it started and that are still there.</summary>
    public int[] Children => File.Exists($"/proc/{process.Id}/task/{process.Id}/children")
        ? [.. Directory.GetDirectories($"/proc/{process.Id}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)]
        : [];

    /// <summary>Waits until something is so.</summary>
    public static void Await(Func<bool> isSo, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(clock.Elapsed < Patience, what);
            Thread.Sleep(20);
        }
    }

    /// <summary>Waits until it has printed something.</summary>
    public void AwaitOutput(string text) =>
        Await(() => Output.Contains(text, StringComparison.Ordinal), $"never printed: {text}\n{Output}");

    /// <summary>Ends it without a word.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal) => Assert.Equal(0, SweeperProcess.Kill(process.Id, signal));

    /// <summary>Waits for its end; its exit code.</summary>
    public int AwaitExit()
    {
        Assert.True(process.WaitForExit(Patience), Output);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.AppendLine(line.Data);
        }
    }
}
