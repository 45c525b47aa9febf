using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Chaos.Checks;

/// <summary>What Sweeper itself reads in a journal: every trial in exactly one current pack, nothing under way.</summary>
internal static class JournalCheck
{
    /// <summary>What is not so.</summary>
    public static IEnumerable<string> Of(string folder)
    {
        var history = SweepHistory.Fold(JournalReader.Read(folder));
        if (history.Plan is not { } plan)
        {
            yield return "the journal has no plan";
            yield break;
        }

        if (history.Trials.Count != plan.Trials)
        {
            yield return $"the journal knows {history.Trials.Count} of {plan.Trials} trials";
        }

        foreach (var (trial, record) in history.Trials)
        {
            if (record.Failure is { } failure)
            {
                yield return $"trial {trial} failed: {failure}";
            }
            else if (record.Segment is not { } name || !history.Segments.TryGetValue(name, out var segment) || segment.Pack != record.Pack
                || !segment.Content.Trials.Contains(trial))
            {
                yield return $"trial {trial} is in no current pack";
            }
        }

        var packs = history.Trials.Values.Select(record => record.Pack).Distinct().Count();
        var segments = history.Trials.Values.Select(record => record.Segment).Distinct().Count();
        if (packs != segments)
        {
            yield return $"{packs} packs have {segments} current segments";
        }

        if (history.Unreported.Count + history.Begun.Count + OpenLeases.Of(JournalReader.Read(folder)).Count > 0)
        {
            yield return $"{history.Unreported.Count} commits, {history.Begun.Count} pauses or leases are still open";
        }
    }
}
