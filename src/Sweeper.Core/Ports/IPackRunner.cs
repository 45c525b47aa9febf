using System.Collections.Immutable;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Ports;

/// <summary>Trains packs on one device. Blocking; called from one dedicated thread.</summary>
public interface IPackRunner
{
    /// <summary>
    /// Trains and measures a pack, to its end or to a pause. Throws <see cref="OperationCanceledException"/> when cancelled; any
    /// other exception is a failed attempt.
    /// </summary>
    /// <param name="work">What to train.</param>
    /// <param name="sink">Takes what is measured.</param>
    /// <param name="cancellation">Ends it with nothing to show but what was written.</param>
    /// <param name="pauses">Where it begins and when it may pause; null: from its first step to its last.</param>
    PackOutcome Run(PackWork work, IMeasurementSink sink, CancellationToken cancellation, PackPauses? pauses = null);
}

/// <summary>How a pack ended.</summary>
/// <param name="Diverged">
/// Positions of trials that became non-finite, with the step at which it was seen; those from before a pause included.
/// </param>
public sealed record PackOutcome(ImmutableArray<Divergence> Diverged)
{
    /// <summary>What it goes on from when it paused; null when it is complete.</summary>
    public PackCheckpoint? Checkpoint { get; init; }
}

/// <summary>A trial whose training became non-finite: a result, not a failure.</summary>
/// <param name="Trial">Position in the pack's trials.</param>
/// <param name="Step">First measured step without finite loss.</param>
public sealed record Divergence(int Trial, long Step);
