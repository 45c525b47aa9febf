using System.Collections.Immutable;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Journal;

/// <summary>Attempts that ended without a commit for one reason: also those that a later attempt has made up for.</summary>
/// <param name="Kind">How.</param>
/// <param name="Count">How many.</param>
/// <param name="Packs">Of which packs.</param>
/// <param name="Reason">The latest message.</param>
public sealed record EndedAttempts(FailureKind Kind, int Count, ImmutableArray<PackId> Packs, string Reason)
{
    /// <summary>By kind.</summary>
    public static ImmutableArray<EndedAttempts> Of(IEnumerable<JournalEntry> entries) =>
    [
        .. entries.OfType<JournalEntry.AttemptEnded>().GroupBy(ended => ended.Kind)
            .Select(alike => new EndedAttempts(
                alike.Key, alike.Count(), [.. alike.Select(ended => ended.Pack).Distinct()], alike.Last().Reason))
            .OrderBy(alike => alike.Kind),
    ];
}
