using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Coordinator;

/// <summary>Who gets which work, and what becomes of a pack whose attempt failed. Pure.</summary>
internal static class LeasePolicy
{
    /// <summary>Attempts that a pack may spend on errors.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>Workers that may vanish under one pack before it is blamed.</summary>
    public const int MaximumLosses = 10;

    /// <summary>Why a worker may not train a sweep, or null when it may.</summary>
    public static string? Refusal(WorkerReady worker, SweepNeeds needs)
    {
        if (worker.Version != needs.Version)
        {
            return $"runs Sweeper {worker.Version}, the coordinator {needs.Version}";
        }

        if (!worker.Experiments.Contains(needs.Experiment))
        {
            return $"does not know version {needs.Experiment.Version} of experiment '{needs.Experiment.Name}'";
        }

        return NumericsRefusal.Of("", needs.Numerics, worker.Numerics, needs.Fits, needs.Asked, needs.AnyNumerics) is { } refusal
            ? $"{refusal.Problem}. {refusal.Remedy}" : null;
    }

    /// <summary>
    /// Which pending pack a worker gets: of those tried least, the first of the plan whose last attempt did not end with this worker
    /// (another host may have the memory that it had not, or a device that is sound); or that one, when there is no other.
    /// </summary>
    /// <param name="pending">In ascending order; not empty.</param>
    /// <param name="endedWith">With whom the last attempt at a pack ended, by place in the cut.</param>
    /// <param name="worker">Who asks.</param>
    public static int Choose(ImmutableSortedSet<PendingPack> pending, IReadOnlyDictionary<int, string> endedWith, string worker)
    {
        foreach (var pack in pending)
        {
            if (endedWith.GetValueOrDefault(pack.Task) != worker)
            {
                return pack.Task;
            }
        }

        return pending[0].Task;
    }

    /// <summary>Whether a checkpoint is gone on from: not by the last attempt after errors, where it may be their cause.</summary>
    /// <param name="attempts">Attempts spent on errors so far.</param>
    /// <param name="isSuspect">Whether one of them was spent since the pack began.</param>
    public static bool Trusts(int attempts, bool isSuspect) => !isSuspect || attempts < MaximumAttempts - 1;

    /// <summary>Whether a pack goes on where it paused: only for the same trials and measurements.</summary>
    public static bool GoesOn(PackTask task, SegmentRecord paused) =>
        paused.Content.Trials.SequenceEqual(task.Trials) && paused.Content.Schedule.Equals(task.Schedule);

    /// <summary>What becomes of a pack when an attempt ends this way.</summary>
    /// <param name="task">The pack.</param>
    /// <param name="kind">How it ended.</param>
    /// <param name="attempts">Attempts spent on errors, this one included.</param>
    /// <param name="losses">Workers lost under it, this one included.</param>
    public static Consequence After(PackTask task, FailureKind kind, int attempts, int losses) => kind switch
    {
        FailureKind.OutOfMemory when !task.Shrunk.IsEmpty => Consequence.Shrink,
        // What met a whole pack three times is not chance: its parts need to show it once.
        FailureKind.Error when attempts >= MaximumAttempts || PackSplit.IsPart(task.Pack.Id) =>
            task.Halves.IsEmpty ? Consequence.GiveUp : Consequence.Bisect,
        FailureKind.OutOfMemory when attempts >= MaximumAttempts => Consequence.GiveUp,
        FailureKind.Lost when losses >= MaximumLosses => Consequence.GiveUp,
        _ => Consequence.Retry,
    };
}

/// <summary>What becomes of a pack whose attempt failed.</summary>
internal enum Consequence
{
    /// <summary>It is pending again.</summary>
    Retry,
    /// <summary>It goes on in parts with fewer lanes.</summary>
    Shrink,
    /// <summary>It goes on in halves.</summary>
    Bisect,
    /// <summary>Its trials have failed.</summary>
    GiveUp,
}

/// <summary>What a worker must be able to do.</summary>
/// <param name="Experiment">Experiment and version.</param>
/// <param name="Numerics">What it is computed with; empty before the first lease.</param>
/// <param name="AnyNumerics">Whether others may be added.</param>
/// <param name="Version">Version of Sweeper.</param>
internal sealed record SweepNeeds(ExperimentVersion Experiment, ImmutableArray<string> Numerics, bool AnyNumerics, string Version)
{
    /// <summary>What its programs are made for.</summary>
    public EngineKind Fits { get; init; }

    /// <summary>What its run was told to take; null for what fits.</summary>
    public EngineKind? Asked { get; init; }

    /// <summary>What a worker of this class trains it with; null where it may not.</summary>
    public string? With(string offered) => NumericsClass.Choose(Numerics, offered, Fits, Asked, AnyNumerics);
}

/// <summary>A pack that nobody has, ordered by how often it was tried, then by its place in the cut.</summary>
internal readonly record struct PendingPack(int Tries, int Task) : IComparable<PendingPack>
{
    public int CompareTo(PendingPack other) => (Tries, Task).CompareTo((other.Tries, other.Task));
}
