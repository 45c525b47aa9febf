using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Chaos.Rounds;

/// <summary>What a results folder says about the moment in which a fault falls.</summary>
internal static class SweepState
{
    /// <summary>All of them, as a sweep passes through.</summary>
    public static System.Collections.Immutable.ImmutableArray<string> All { get; } =
        ["starting", "none committed", "some committed", "packs paused", "commit granted", "deriving", "derived"];

    /// <summary>Whether more than half of its trials are committed.</summary>
    public static bool IsLate(string folder) => Read(folder) is { Plan: { } plan } history && history.Trials.Count * 2 > plan.Trials;

    /// <summary>One of <see cref="All"/>.</summary>
    public static string Describe(string folder)
    {
        var history = Read(folder);
        return All[history switch
        {
            { Plan: null } => 0,
            _ when File.Exists(Path.Combine(folder, "curves.parquet")) => 6,
            { Unreported.Count: > 0 } => 4,
            { Plan: { } plan } when history.Trials.Count >= plan.Trials => 5,
            { Begun.Count: > 0 } => 3,
            { Trials.Count: > 0 } => 2,
            _ => 1,
        }];
    }

    /// <summary>How many packs were taken from a worker that was gone, or had begun anew.</summary>
    public static int LostAttempts(string folder) =>
        Entries(folder).OfType<JournalEntry.AttemptEnded>().Count(ended => ended.Kind == FailureKind.Lost);

    private static SweepHistory Read(string folder) => SweepHistory.Fold(Entries(folder));

    private static IEnumerable<JournalEntry> Entries(string folder) =>
        File.Exists(Path.Combine(folder, "journal.jsonl")) ? JournalReader.Read(folder) : [];
}
