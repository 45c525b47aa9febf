using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Worker;
using Sweeper.Composition;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Journaling;

namespace Sweeper.Simulation.Pressure;

/// <summary>
/// Rows on their whole way, from a runner that trains nothing over sink, worker, aggregator and segment to a committed file on
/// disk, and the memory that this takes meanwhile.
/// </summary>
internal static class PressureRun
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Measures one stream and writes what became of it; 1 when not every row is committed.</summary>
    public static async Task<int> MeasureAsync(PressureCase stream, bool asJson)
    {
        using var process = Process.GetCurrentProcess();
        if (stream.OnOneCore && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            process.ProcessorAffinity = 1;
        }

        using var results = new TemporaryResults();
        var folder = Path.Combine(results.Path, "pressure");
        var plan = SweepPlan.Parse(stream.Text, CompositionRoot.Experiments);
        var runners = Enumerable.Range(0, stream.Runners).Select(_ => new OfferingRunner()).ToArray();
        var before = process.TotalProcessorTime;
        var (memory, end, seconds) = await RunAsync(stream, plan, folder, runners);
        process.Refresh();
        var processorSeconds = (process.TotalProcessorTime - before).TotalSeconds;
        var committed = SweepHistory.Fold(JournalReader.Read(folder)).Segments.Values.Sum(segment => segment.File.Rows);
        if (end.State != SweepState.Completed || committed != stream.Rows)
        {
            await Console.Error.WriteLineAsync($"{committed} of {stream.Rows} rows are committed: {end.State} {end.Fault}");
            return 1;
        }

        var result = new PressureResult(
            stream, stream.OnOneCore ? 1 : Environment.ProcessorCount, OfferingRunner.RowsPerSecondUnhindered(plan), committed / seconds,
            committed / processorSeconds, runners.Sum(runner => runner.HeldUp.TotalSeconds) / runners.Length / seconds,
            [.. Enumerable.Range(1, PressureResult.Looks).Select(part =>
                memory[..(memory.Count * part / PressureResult.Looks)][(memory.Count * (part - 1) / PressureResult.Looks)..].Max())]);
        Console.WriteLine(asJson ? JsonSerializer.Serialize(result) : PressureTable.Of([result]));
        return 0;
    }

    private static async Task<(List<long> Memory, SweepStatus End, double Seconds)> RunAsync(
        PressureCase stream, SweepPlan plan, string folder, OfferingRunner[] runners)
    {
        var delay = TimeSpan.FromMilliseconds(stream.DelayMilliseconds);
        await using var node = await SweeperNode.StartAsync(
            new SweeperNodeOptions
            {
                Catalog = CompositionRoot.Experiments,
                Folders = new SimulatedFolders(
                    CompositionRoot.Folders(Console.Error.WriteLine), segments => new SlowSegments(segments, delay)),
                Workers = [.. runners.Select((runner, number) => new WorkerDefinition(
                    $"offering-{number}", "cpu", "simulated", () => runner))],
            },
            NullLoggerFactory.Instance);
        var memory = new List<long>();
        var watch = Stopwatch.StartNew();
        var sweep = await node.Client.SubmitAsync(plan, folder);
        SweepStatus? end = null;
        await foreach (var status in sweep.WatchAsync(Glance))
        {
            memory.Add(Environment.WorkingSet);
            end = status;
        }

        return (memory, end!, watch.Elapsed.TotalSeconds);
    }
}
