using System.Diagnostics;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>The `sweeper` program as a process, run to its end.</summary>
internal sealed record SweeperProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Path of the program beside this test.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "sweeper.dll");

    /// <summary>Runs it in a folder.</summary>
    public static SweeperProcess Run(string folder, string[] arguments, string? failpoint = null) =>
        Run(folder, "dotnet", [Program, .. arguments], failpoint);

    /// <summary>Runs a shell command with `$SWEEPER` standing for the program: for what needs mounts or limits around it.</summary>
    public static SweeperProcess Shell(string folder, string command) => Run(folder, "bash", ["-c", command], null);

    private static SweeperProcess Run(string folder, string program, string[] arguments, string? failpoint)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SWEEPER"] = $"dotnet {Program}";
        start.Environment["SWEEPER_FAILPOINT"] = failpoint;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"`{string.Join(' ', arguments)}` did not end within {Patience}");
        }

        return new SweeperProcess(process.ExitCode, output.Result, error.Result);
    }
}
