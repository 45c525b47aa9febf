using System.Collections.Immutable;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Ports;

/// <summary>Trains packs on one device. Blocking; called from one dedicated thread.</summary>
public interface IPackRunner
{
    /// <summary>
    /// Trains and measures a pack. Throws <see cref="OperationCanceledException"/> when cancelled; any other exception
    /// is a failed attempt.
    /// </summary>
    PackOutcome Run(PackWork work, IMeasurementSink sink, CancellationToken cancellation);
}

/// <summary>How a pack ended.</summary>
/// <param name="Diverged">Positions of trials that became non-finite, with the step at which it was seen.</param>
public sealed record PackOutcome(ImmutableArray<Divergence> Diverged);

/// <summary>A trial whose training became non-finite: a result, not a failure.</summary>
/// <param name="Trial">Position in the pack's trials.</param>
/// <param name="Step">First measured step without finite loss.</param>
public sealed record Divergence(int Trial, long Step);
