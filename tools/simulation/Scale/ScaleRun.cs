using System.Diagnostics;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Cluster;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Machines;
using Sweeper.Cluster.Status;
using Sweeper.Composition;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;

namespace Sweeper.Simulation.Scale;

/// <summary>
/// Runs a sweep through a real node: its coordinator, ledger, lock and journal are those of `sweeper run`. Workers train and write
/// nothing and answer at once; their segments, files of a few bytes, are put in place after it.
/// </summary>
internal static class ScaleRun
{
    /// <summary>Runs first, so that .NET has compiled what is measured afterwards.</summary>
    private static readonly ScaleCase WarmUp = new(2000, 10, 1);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures one size and writes what it cost; 1 when the sweep did not end as it should.</summary>
    public static async Task<int> MeasureAsync(ScaleCase size, bool asJson)
    {
        using var results = new TemporaryResults();
        var folder = Path.Combine(results.Path, "simulated");
        var (planSeconds, planStatus) = Timed(() => PlanStatus.Of(size.Plan(), folder));
        var plan = planStatus.Plan;
        var (firstSeconds, _, _, _) = await RunAsync(WarmUp, WarmUp.Plan(), Path.Combine(results.Path, "first"));
        var (runSeconds, processorSeconds, allocated, end) = await RunAsync(size, plan, folder);
        var (resumeSeconds, left) = Timed(() => Resume(plan, folder));
        var (statusSeconds, status) = Timed(() => FolderStatus.Of(OpenedFolder.Read(folder)));
        var (statusProcessSeconds, _) = Timed(() => Page.Output("dotnet", Checkout.Sweeper, "status", folder));
        if (end.State != SweepState.Completed || end.Trials.Committed != size.Trials || left != 0 || status.Committed != size.Trials)
        {
            await Console.Error.WriteLineAsync(
                $"not all is committed: {end.State} {end.Fault} {end.Trials}, {left} packs left, status {status.Committed}");
            return 1;
        }

        using var process = Process.GetCurrentProcess();
        var result = new ScaleResult(
            size, plan.Packs.Length, planSeconds, firstSeconds, runSeconds, processorSeconds, (double)allocated / size.Trials,
            resumeSeconds, statusSeconds, statusProcessSeconds, process.PeakWorkingSet64,
            new FileInfo(new ResultFolder(folder).Journal).Length);
        Console.WriteLine(asJson ? JsonSerializer.Serialize(result) : ScaleTable.Of([result]));
        return 0;
    }

    private static async Task<(double Seconds, double Processor, long Allocated, SweepStatus End)> RunAsync(
        ScaleCase size, SweepPlan plan, string folder)
    {
        await using var node = await SweeperNode.StartAsync(
            new SweeperNodeOptions { Catalog = CompositionRoot.Experiments, Folders = Folders(folder) }, NullLoggerFactory.Instance);
        var coordinator = await ActorRegistry.For(node.System).GetAsync<CoordinatorActor>();
        var timings = new ClusterTimings();
        var last = 0L;
        // Looking at the status now and then would see the end late.
        void Done() => Volatile.Write(ref last, Stopwatch.GetTimestamp());
        for (var number = 0; number < size.Workers; number++)
        {
            var name = $"worker-{number:0000}";
            node.System.ActorOf(
                Props.Create<SimulatedWorker>(name, coordinator, plan.Experiment, timings, (Action)Done), $"simulated-{name}");
        }

        await AllKnownAsync(coordinator, size.Workers);
        var (before, busyBefore) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        var begun = Stopwatch.GetTimestamp();
        var sweep = await node.Client.SubmitAsync(plan, folder);
        SweepStatus? end = null;
        await foreach (var status in sweep.WatchAsync(Glance * Math.Clamp(size.Trials / 1000, 1, 50)))
        {
            end = status;
        }

        var (seconds, allocated) = (
            Stopwatch.GetElapsedTime(begun, Volatile.Read(ref last)).TotalSeconds, GC.GetTotalAllocatedBytes() - before);
        var processor = (Environment.CpuUsage.TotalTime - busyBefore).TotalSeconds;
        SimulatedWorker.WriteSegments(plan, new ResultFolder(folder));
        return (seconds, processor, allocated, end!);
    }

    /// <summary>What is measured begins with the submission: the node has started and its workers have asked for work.</summary>
    private static async Task AllKnownAsync(IActorRef coordinator, int workers)
    {
        while (await coordinator.AskUntilAnsweredAsync(new DrainWorkers(["nobody"]), CancellationToken.None) is WorkersThere there
            && there.Names.Length < workers)
        {
            await Task.Delay(Glance);
        }
    }

    private static int Resume(SweepPlan plan, string folder)
    {
        var setup = new CoordinatorSetup(
            Folders(folder), CompositionRoot.Experiments, NoSubmissions.Instance, new ClusterTimings(), TimeProvider.System, "");
        using var opened = setup.Folders.OpenForWriting(plan, folder);
        var submission = new Submission("", plan.ResolvedText, folder, RunScope.All);
        var (sweep, _) = SweepOpening.Of(plan, submission, opened.Journal.History, opened.Segments.IsIntact, setup, Moment.Of(setup.Clock));
        var (all, done) = sweep.Ledger.CountPacks();
        return all - done;
    }

    private static SimulatedFolders Folders(string folder) =>
        new(CompositionRoot.Folders(Console.Error.WriteLine), segments => segments);

    private static (double Seconds, T Result) Timed<T>(Func<T> act)
    {
        var watch = Stopwatch.StartNew();
        var result = act();
        return (watch.Elapsed.TotalSeconds, result);
    }

    private sealed class NoSubmissions : ISubmissionStore
    {
        public static NoSubmissions Instance { get; } = new();

        public System.Collections.Immutable.ImmutableArray<Submission> Load() => [];

        public void Save(System.Collections.Immutable.ImmutableArray<Submission> submissions)
        {
        }
    }
}
