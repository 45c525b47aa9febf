using System.Collections.Immutable;
using Sweeper.Core.Journal;

namespace Sweeper.Running.Metrics;

/// <summary>Numbers about a sweep at one moment: those of `sweeper status`, and what its journal says besides.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="Folder">Its results folder.</param>
/// <param name="Committed">Trials with all rows that are asked for; those that diverged included.</param>
/// <param name="Diverged">Of these, diverged.</param>
/// <param name="Failed">Trials that were given up.</param>
/// <param name="Pending">Trials to be trained.</param>
/// <param name="Leases">Packs in workers' hands.</param>
/// <param name="Ended">Attempts that ended without a commit since this coordinator opened the folder, by kind.</param>
/// <param name="LastCommit">
/// When something was committed last since the folder was opened; before the first time, when it was opened.
/// </param>
/// <param name="IsOpen">Whether its folder is open: the numbers of a sweep that is over stay as they ended.</param>
internal sealed record SweepReading(
    string Sweep, string Folder, long Committed, long Diverged, long Failed, long Pending, int Leases,
    ImmutableSortedDictionary<FailureKind, long> Ended, DateTimeOffset LastCommit, bool IsOpen);
