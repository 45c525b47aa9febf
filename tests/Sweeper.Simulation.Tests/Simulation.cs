using System.Collections.Immutable;
using Akka.Actor;
using Sweeper.Cluster;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Tests;

/// <summary>
/// One sweep on one coordinator and two workers, while faults fall; all of it follows from the seed and the list of faults.
/// </summary>
internal sealed class Simulation
{
    private const int Workers = 2;
    private const int LongestFault = 45;
    private const int NoticesWithin = 30;

    /// <summary>Faults fall within so many seconds.</summary>
    private const double Faulty = 60;

    /// <summary>Once they have stopped, the sweep ends within this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly SweepPlan Plan = FakeExperiments.Plan(depths: 3);

    private readonly World world;
    private readonly SimulatedDisk disk = new();
    private readonly ClusterTimings timings;
    private readonly IActorRef proxy;
    private readonly WorkerProcess[] workers;
    private readonly TimeSpan stepTime;
    private readonly bool pauses;
    private readonly List<CoordinatorProcess> coordinators = [];
    private int started;

    private Simulation(int seed, Action<string>? trace)
    {
        world = new World(Plan, seed) { Trace = trace };
        stepTime = world.Dice.Next(3) == 0 ? world.Between(5, 9) : world.Between(0.05, 2);
        pauses = world.Dice.Next(2) == 0;
        timings = world.Dice.Next(3) == 0 ? new ClusterTimings { Window = 4, KeptBytes = 0 } : new ClusterTimings { Window = 64 };
        proxy = world.Address("coordinator", () => coordinators.LastOrDefault(one => one.Process.IsAlive)?.Main);
        StartCoordinator();
        workers = [.. Enumerable.Range(0, Workers).Select(StartWorker)];
    }

    /// <summary>The faults that a seed draws.</summary>
    public static ImmutableArray<InjectedFault> FaultsOf(int seed)
    {
        var dice = new Random(seed ^ 0x5eed);
        return
        [
            .. Enumerable.Range(0, dice.Next(1, 9)).Select(_ => new InjectedFault(
                TimeSpan.FromSeconds(dice.NextDouble() * Faulty),
                (FaultKind)dice.Next(Enum.GetValues<FaultKind>().Length),
                dice.Next(Workers),
                TimeSpan.FromSeconds(Math.Pow(dice.NextDouble(), 2) * LongestFault))).OrderBy(fault => fault.At),
        ];
    }

    /// <summary>What is wrong at the end, in a sentence; null: nothing.</summary>
    public static string? Run(int seed, ImmutableArray<InjectedFault> faults, Action<string>? trace = null)
    {
        try
        {
            return new Simulation(seed, trace).Run(faults);
        }
        catch (Exception exception)
        {
            var place = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(".cs:", StringComparison.Ordinal));
            return $"{exception.GetType().Name}: {exception.Message} {place?.Trim()}";
        }
    }

    private string? Run(ImmutableArray<InjectedFault> faults)
    {
        var client = new Client(world, proxy);
        foreach (var fault in faults)
        {
            world.After(fault.At, () =>
            {
                world.Trace?.Invoke($"{world.Now.TotalSeconds:0.000} === {fault}");
                Fall(fault);
            });
        }

        // Coordinators that were replaced have awoken, and noticed, by then.
        var quiet = TimeSpan.FromSeconds(Faulty + LongestFault + NoticesWithin + 5);
        world.RunUntil(() => false, quiet);
        if (!world.RunUntil(() => client.IsContent && coordinators.All(one => !one.Process.Sleeps), quiet + Patience))
        {
            return $"the sweep has not ended {Patience.TotalMinutes:0} minutes after the last fault";
        }

        return Invariants.Violation(Plan, disk, faults.Any(fault => fault.Kind is FaultKind.FailTraining or FaultKind.FillMemory));
    }

    private void Fall(InjectedFault fault)
    {
        var worker = workers[fault.Worker];
        var coordinator = coordinators[^1];
        switch (fault.Kind)
        {
            case FaultKind.CrashCoordinator:
                coordinator.Process.Crash();
                world.After(fault.For / 3, StartCoordinator);
                break;
            case FaultKind.SleepCoordinator:
                coordinator.Process.Sleep(fault.For);
                break;
            case FaultKind.ReplaceCoordinator:
                coordinator.Process.Sleep(fault.For + TimeSpan.FromSeconds(2));
                world.After(TimeSpan.FromSeconds(1), StartCoordinator);
                break;
            case FaultKind.KillAggregator:
                coordinator.KillAggregator();
                break;
            case FaultKind.CrashWorker:
                worker.Process.Crash();
                world.After(fault.For / 3, () =>
                {
                    if (!workers[fault.Worker].Process.IsAlive)
                    {
                        workers[fault.Worker] = StartWorker(fault.Worker);
                    }
                });
                break;
            case FaultKind.SleepWorker:
                worker.Process.Sleep(fault.For);
                break;
            case FaultKind.RenewNode:
                worker.BeginNodeAnew();
                break;
            case FaultKind.CutBoth:
                Cut(worker.Process, coordinator.Process, fault.For);
                Cut(coordinator.Process, worker.Process, fault.For);
                break;
            case FaultKind.CutToCoordinator:
                Cut(worker.Process, coordinator.Process, fault.For);
                break;
            case FaultKind.CutToWorker:
                Cut(coordinator.Process, worker.Process, fault.For);
                break;
            case FaultKind.LoseMessages:
                world.Lost = 0.33;
                world.After(fault.For, () => world.Lost = 0);
                break;
            case FaultKind.DoubleMessages:
                world.Doubled = 0.5;
                world.After(fault.For, () => world.Doubled = 0);
                break;
            case FaultKind.DelayMessages:
                world.Delayed = 0.5;
                world.After(fault.For, () => world.Delayed = 0);
                break;
            case FaultKind.FillDisk:
                disk.IsFull = true;
                world.After(fault.For, () => disk.IsFull = false);
                break;
            case FaultKind.SlowDisk:
                disk.IsSlow = true;
                world.After(fault.For, () => disk.IsSlow = false);
                break;
            case FaultKind.FailTraining:
                worker.Fails = FailureKind.Error;
                break;
            case FaultKind.FillMemory:
                worker.Fails = FailureKind.OutOfMemory;
                break;
        }
    }

    private void Cut(SimulatedProcess from, SimulatedProcess to, TimeSpan time)
    {
        world.Cut(from, to);
        world.After(time, () => world.Heal(from, to));
    }

    /// <summary>
    /// Whoever supervises it starts it again, unless there is one. One that sleeps is replaced: it notices some time after it has
    /// awoken, and ends.
    /// </summary>
    private void StartCoordinator()
    {
        if (!coordinators.Exists(one => one.Process is { IsAlive: true, Sleeps: false }))
        {
            foreach (var replaced in coordinators.Where(one => one.Process.IsAlive))
            {
                world.After(replaced.Process.SleepsUntil - world.Now + world.Between(5, NoticesWithin), () =>
                {
                    replaced.Process.Crash();
                    StartCoordinator();
                });
            }

            coordinators.Add(new CoordinatorProcess(world, disk, $"coordinator-{++started}", timings));
        }
    }

    private WorkerProcess StartWorker(int number) => new(world, $"worker-{number}", $"life-{++started}", proxy, timings, stepTime, pauses);
}
