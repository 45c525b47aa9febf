using System.Collections.Immutable;

namespace Sweeper.Preflight;

/// <summary>What a node found when it tried the shared folder and the network together with the others.</summary>
/// <param name="Claims">Which of the exclusive files it made.</param>
/// <param name="WasLockedOut">Whether the lock that another node held kept it out.</param>
/// <param name="Renames">Seconds until it saw the last of several renames of the first node; null: never, or something in between was
/// torn.</param>
/// <param name="Unreachable">Nodes that did not answer it, and why.</param>
internal sealed record NodeTrials(ImmutableArray<int> Claims, bool WasLockedOut, double? Renames, ImmutableArray<string> Unreachable);
