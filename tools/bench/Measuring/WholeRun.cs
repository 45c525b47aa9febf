using System.Diagnostics;

namespace Sweeper.Bench.Measuring;

/// <summary>`sweeper run` as a user types it: a process of its own, into a folder that is removed.</summary>
internal sealed class WholeRun : IDisposable
{
    private readonly string results = Directory.CreateDirectory(Path.Combine(Checkout.Root, "results", $"bench-{Guid.NewGuid():N}"))
        .FullName;

    private WholeRun()
    {
    }

    /// <summary>Wall time from start to end, seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Runs a sweep file of the checkout, with more arguments.</summary>
    public static WholeRun Of(string sweep, params string[] arguments)
    {
        var run = new WholeRun();
        var watch = Stopwatch.StartNew();
        Sweeper(["run", sweep, "--results", run.results, .. arguments]);
        run.Seconds = watch.Elapsed.TotalSeconds;
        return run;
    }

    /// <summary>The first column of the first row that a query gives, on the sweep of this name.</summary>
    public double Query(string sweep, string sql) =>
        double.Parse(Sweeper(["query", Path.Combine(results, sweep), sql, "--format", "csv"]).Split('\n')[1].Split(',')[0],
            System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Removes its folder.</summary>
    public void Dispose() => Directory.Delete(results, recursive: true);

    private static string Sweeper(string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Checkout.Sweeper, .. arguments])
            {
                WorkingDirectory = Checkout.Root, RedirectStandardOutput = true,
            })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"sweeper {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
