using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps.Claims;

/// <summary>What a sweep reproduces.</summary>
/// <param name="Paper">The work, and its figure or table; null where the file does not say.</param>
/// <param name="Chosen">Settings that the work does not state or has otherwise, each with the reason: hyperparameters and `seeds`.</param>
public sealed record SweepSource(string? Paper, ImmutableArray<(string Name, string Reason)> Chosen);
