using System.Collections.Immutable;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>All that goes wrong in a campaign.</summary>
internal static class FaultTable
{
    private const int Stopped = 4;
    private const int Requeue = 75;

    /// <summary>Every kind; those that fall often stand in it more than once.</summary>
    public static ImmutableArray<IFault> All { get; } =
    [
        new Killed(Role.Worker), new Killed(Role.Worker), new Killed(Role.Worker), new Killed(Role.Worker, 2),
        new Killed(Role.Coordinator), new Killed(Role.Coordinator), new Killed(Role.Client), new Killed(Role.Run), new Killed(Role.Run),
        new Stopped(Role.Worker), new Stopped(Role.Coordinator),
        .. Commit(Role.Coordinator), .. Commit(Role.Run),
        new AtFailpoint(Role.Worker, "train", 2000),
        new AtFailpoint(Role.Run, "train", 2000), new AtFailpoint(Role.Worker, "train", 2000, "throw"), .. Asked(Role.Worker, Requeue),
        new Preempted(Role.Coordinator, Signal.Term, "TERM", Requeue), new Preempted(Role.Run, Signal.Term, "TERM", Requeue),
        new Preempted(Role.Run, Signal.Int, "INT", Stopped), new ClockSet(Role.Coordinator), new ClockSet(Role.Worker), new LossyMessages(),
        new FullDisk(ClusterShape.Cluster), new FullDisk(ClusterShape.OneProcess),
    ];

    /// <summary>Every state of a commit, from its first row on, and of what is derived at the end.</summary>
    private static IEnumerable<IFault> Commit(Role role) =>
    [
        new AtFailpoint(role, "first_chunk", 3), new AtFailpoint(role, "staging", 3), new AtFailpoint(role, "before_rename", 3),
        new AtFailpoint(role, "before_checkpoint", 2), new AtFailpoint(role, "after_rename", 3), new AtFailpoint(role, "journal", 8),
        new AtFailpoint(role, "merge", 1) { IsLast = true },
    ];

    private static IEnumerable<IFault> Asked(Role role, int exit) =>
    [
        new Preempted(role, Signal.Term, "TERM", exit), new Preempted(role, Signal.Usr1, "USR1", exit),
        new Preempted(role, Signal.Usr2, "USR2", exit), new Preempted(role, Signal.Int, "INT", exit),
    ];
}
