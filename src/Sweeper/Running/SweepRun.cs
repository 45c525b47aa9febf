using System.Collections.Immutable;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Worker;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Preflight;
using Sweeper.Results.Folders;
using Sweeper.Terminal;
using Sweeper.Training.Engines;

namespace Sweeper.Running;

/// <summary>
/// `run` and `resume`: a coordinator in this process, workers in it or in processes of their own, and the sweep's status on the screen.
/// </summary>
internal static class SweepRun
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Brings a folder to what its plan asks for.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="folder">Where.</param>
    /// <param name="output">For people.</param>
    /// <param name="scope">What of the plan this run is about; null: all of it.</param>
    /// <param name="rules">What the run may do; null: the usual.</param>
    /// <param name="processes">Worker processes to start, by number or for the GPUs; null trains in this one.</param>
    public static async Task<ExitCode> ExecuteAsync(
        SweepPlan plan, string folder, TextWriter output, RunScope? scope = null, RunRules? rules = null, ProcessCount? processes = null)
    {
        CompositionRoot.Check(plan, rules?.Engine);
        using var held = HeldFolder.Open(plan, folder, output.WriteLine);
        var planStatus = held.Count(plan, scope ?? RunScope.All) with { Asked = rules?.Engine };
        if (planStatus.IsDone)
        {
            return Finish(held, planStatus, output);
        }

        CompositionRoot.CheckBegun(planStatus, rules ?? RunRules.Usual);

        // Whoever reads that it has begun may stop it.
        using var stop = new StopSignals();
        PlanReport.Write(output, planStatus);
        output.WriteLine();
        CompositionRoot.CheckMachine(plan);
        var end = await TrainAsync(held, planStatus, rules ?? RunRules.Usual, processes, output, stop);
        return Conclude(planStatus, end, output, stop.ExitCode);
    }

    /// <summary>Nothing is to be trained; what is derived may still be older than the file.</summary>
    public static ExitCode Finish(HeldFolder held, PlanStatus planStatus, TextWriter output)
    {
        var plan = planStatus.Plan;
        held.Derive(plan);
        output.WriteLine($"{plan.Name}: nothing to do, {PlanReport.Progress(planStatus)}; results in {planStatus.Folder}");
        FindingsReport.WriteFailed(output, planStatus.Failed, planStatus.Folder);
        return planStatus.Failed > plan.AllowFailed ? ExitCode.FailedTrials : ExitCode.Done;
    }

    private static async Task<SweepStatus> TrainAsync(
        HeldFolder held, PlanStatus planStatus, RunRules rules, ProcessCount? processes, TextWriter output, StopSignals stop)
    {
        // Before anything is promised: a library that does not load is said at once, in one sentence.
        var workers = CompositionRoot.Workers();
        CheckNumerics(planStatus, rules, workers);
        var devices = processes?.Devices() ?? [.. workers.Select(worker => worker.Device)];
        if (planStatus.Memory.Warning(devices.Count(device => device == CompositionRoot.Cpu), MachineMemory.Available()) is { } warning)
        {
            output.WriteLine(warning);
        }

        if (processes is not null && AskedCluster.Idle(planStatus, devices.Length) is { } idle)
        {
            output.WriteLine(idle);
        }

        var logFolder = new ResultFolder(Path.GetFullPath(planStatus.Folder)).Logs;
        using var logs = new Logs(logFolder);
        var screen = new RunScreen(planStatus, stop, output);
        held.Note = screen.Say;

        // All in one process needs no port, and opens none.
        var credential = processes is null ? null : ClusterCredential.Create();
        await using var node = await SweeperNode.StartAsync(
            new SweeperNodeOptions
            {
                Folders = held,
                Catalog = CompositionRoot.Experiments,
                Workers = processes is null ? workers : [],
                WorkersReturn = false,
                Credential = credential,
            },
            logs.Factory);
        await using var children = credential is null ? null
            : WorkerProcesses.Start(devices, node.Address, credential, logFolder, screen.Say);
        var sweep = await node.Client.SubmitAsync(planStatus.Plan, planStatus.Folder, planStatus.Scope, rules);
        stop.OnFirst(sweep.Drain);
        // Not disposed: the node's end, which cancels it, comes after this method's.
        var usable = new CancellationTokenSource();
        _ = node.Removed.ContinueWith(_ => usable.Cancel(), TaskScheduler.Default);
        try
        {
            return await screen.ShowAsync(sweep.WatchAsync(Refresh, usable.Token));
        }
        catch (OperationCanceledException lost)
        {
            // What was asked of a node that ends is cancelled, too.
            throw node.HasLostCoordinator
                ? LostCoordinator("The same command goes on where it stopped.", null, lost)
                : new SweepException(
                    ExitCode.Preempted, "its workers and this process have lost sight of one another for too long",
                    "The same command goes on where it stopped.", inner: lost);
        }
    }

    /// <summary>A process whose coordinator's actor has ended ends, instead of holding its folders and port for nothing.</summary>
    public static SweepException LostCoordinator(string remedy, string? place = null, Exception? cause = null) =>
        new(ExitCode.Internal, "the coordinator in this process has ended, and the process with it", remedy, place, cause);

    /// <summary>Numbers of two kinds would not be one result; waiting for another worker is for clusters.</summary>
    private static void CheckNumerics(PlanStatus planStatus, RunRules rules, ImmutableArray<WorkerDefinition> workers)
    {
        var fits = planStatus.Plan.Engine;
        var refusals = workers
            .Select(worker => NumericsRefusal.Of("this machine", planStatus.Numerics, worker.Numerics, fits, rules.Engine, rules.Mixed))
            .ToList();
        if (refusals.TrueForAll(refusal => refusal is not null))
        {
            if (rules.Engine is { } asked && workers.All(worker => NumericsClass.EngineOf(worker.Numerics) != asked)
                && asked != EngineKind.Torch)
            {
                throw CompositionRoot.HasNot(asked, workers);
            }

            throw new SweepException(
                ExitCode.Preflight, refusals[0]!.Problem, refusals[0]!.Remedy,
                $"{planStatus.Folder} was begun with {string.Join(" and ", planStatus.Numerics)}\n"
                + $"here it would go on with {workers[0].Numerics}");
        }

        foreach (var worker in workers)
        {
            var chosen = NumericsClass.Choose(planStatus.Numerics, worker.Numerics, fits, rules.Engine, rules.Mixed);
            if (chosen is not null && NumericsClass.EngineOf(chosen) == EngineKind.Fused)
            {
                FusedFit.Check(planStatus.Plan, worker.Device);
            }
        }
    }

    /// <summary>Says how it ended.</summary>
    public static ExitCode Conclude(PlanStatus planStatus, SweepStatus end, TextWriter output, ExitCode stopped)
    {
        if (end.Warning is not null)
        {
            output.WriteLine($"warning: {end.Warning}");
        }

        switch (end.State)
        {
            case SweepState.Stopped:
                var paused = PlanStatus.Of(planStatus.Plan, planStatus.Folder, planStatus.Scope).PausedPacks;
                output.WriteLine($"stopped: {end.Trials.Committed:#,0} of {end.Trials.Total:#,0} trials are committed"
                    + $"{(paused > 0 ? $", {Quantity.Count(paused, "pack")} will go on from a checkpoint" : "")}; the same command "
                    + "continues");
                return stopped;
            case SweepState.Completed:
                output.WriteLine();
                FindingsReport.Write(output, OpenedFolder.Read(planStatus.Folder));
                FindingsReport.WriteFailed(output, end.Trials.Failed, planStatus.Folder);
                return end.ExitCode ?? ExitCode.Done;
            default:
                throw end.Fault?.ToException() ?? new SweepException(ExitCode.Internal, $"the sweep ended as {end.State} without a reason");
        }
    }
}
