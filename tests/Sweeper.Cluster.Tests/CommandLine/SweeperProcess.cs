using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>The `sweeper` program as a process, run to its end.</summary>
internal sealed partial record SweeperProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Path of the program beside this test.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "sweeper.dll");

    /// <summary>Runs it in a folder.</summary>
    public static SweeperProcess Run(string folder, string[] arguments, string? failpoint = null) =>
        Run(folder, "dotnet", [Program, .. arguments], failpoint);

    /// <summary>Runs a tool of this repository in a folder.</summary>
    public static SweeperProcess Tool(string folder, string tool, string[] arguments, TimeSpan? patience = null)
    {
        using var process = Start(folder, "dotnet", [Path.Combine(AppContext.BaseDirectory, $"{tool}.dll"), .. arguments], null);
        return Wait(process, arguments, patience);
    }

    /// <summary>Runs a shell command with `$SWEEPER` standing for the program: for what needs mounts or limits around it.</summary>
    public static SweeperProcess Shell(string folder, string command, TimeSpan? patience = null) =>
        Run(folder, "bash", ["-c", command], null, patience);

    /// <summary>Runs it, and sends it signals, each once its output contains a text.</summary>
    public static SweeperProcess Signal(string folder, string[] arguments, string? failpoint, params (string After, int Signal)[] signals)
    {
        using var process = Start(folder, "dotnet", [Program, .. arguments], failpoint);
        var output = new StringBuilder();
        foreach (var (after, signal) in signals)
        {
            while (!output.ToString().Contains(after, StringComparison.Ordinal) && process.StandardOutput.ReadLine() is { } line)
            {
                output.AppendLine(line);
            }

            Assert.Equal(0, Kill(process.Id, signal));
        }

        var ended = Wait(process, arguments);
        return ended with { Output = output + ended.Output };
    }

    private static SweeperProcess Run(string folder, string program, string[] arguments, string? failpoint, TimeSpan? patience = null)
    {
        using var process = Start(folder, program, arguments, failpoint);
        return Wait(process, arguments, patience);
    }

    private static Process Start(string folder, string program, string[] arguments, string? failpoint)
    {
        // A shell without job control starts what is in its background with Ctrl-C ignored, and that is inherited.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["SWEEPER"] = $"dotnet {Program}";
        start.Environment["SWEEPER_FAILPOINT"] = failpoint;
        return Process.Start(start)!;
    }

    private static SweeperProcess Wait(Process process, string[] arguments, TimeSpan? patience = null)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience ?? Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"`{string.Join(' ', arguments)}` did not end within {patience ?? Patience}");
        }

        return new SweeperProcess(process.ExitCode, output.Result, error.Result);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);
}
