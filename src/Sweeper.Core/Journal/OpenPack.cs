using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Journal;

/// <summary>
/// What is left of a pack after subtracting what is committed or failed: the one answer to what is open, for the coordinator
/// as for `plan`, `status` and a run that finds nothing to do.
/// </summary>
/// <param name="Pack">A pack of the cut, or a part of one.</param>
/// <param name="Statics">A point of it: its static values hold for all trials.</param>
/// <param name="Schedule">What is measured.</param>
public sealed record OpenPack(Pack Pack, Point Statics, MeasureSchedule Schedule)
{
    /// <summary>Positions to be trained, ascending: those that are open, and those with rows in the file that is then replaced.</summary>
    public ImmutableArray<int> Wanted { get; private init; } = [];

    /// <summary>Trials without the rows that are asked for, of those that the run is about.</summary>
    public int Open { get; private init; }

    /// <summary>Trials that are settled.</summary>
    public SettledTrials Settled { get; private init; }

    /// <summary>Of these, those that are not wanted.</summary>
    public SettledTrials Untouched { get; private init; }

    /// <summary>Open trials that the run is not about.</summary>
    public int LeftOut => Pack.Count - Open - Settled.Committed - Settled.Failed;

    /// <summary>Whether some of what is wanted has rows in the pack's file that still stand.</summary>
    public bool ReplacesRows => Wanted.Length > Open || HasStaleRows;

    /// <summary>Trials that the history knows, in whatever state.</summary>
    public int Known { get; private init; }

    /// <summary>Committed segments that hold rows of its trials, each once.</summary>
    public ImmutableArray<string> Segments { get; private init; } = [];

    private bool HasStaleRows { get; init; }

    /// <summary>Every pack of a plan as it is trained now, in order.</summary>
    public static IEnumerable<OpenPack> Of(TrialScope scope, KnownTrials known) =>
        known.History.Current(known.Plan.Packs).Select(pack => Of(scope, pack, known));

    /// <summary>
    /// Subtracts a history from a pack; trials beyond the scope are not open, and wanted only where their rows are replaced.
    /// </summary>
    public static OpenPack Of(TrialScope scope, Pack pack, KnownTrials known)
    {
        var plan = known.Plan;
        var statics = plan.TrialAt(pack.First).Point;
        var left = new OpenPack(pack, statics, plan.ScheduleFor(statics));
        bool IsAsked(int position) => scope.IsAll || scope.Includes(pack.First + position, plan.TrialAt(pack.First + position));

        var ids = known.Of(pack);
        if (ids.IsEmpty)
        {
            ImmutableArray<int> all = [.. Enumerable.Range(0, pack.Count).Where(IsAsked)];
            return left with { Wanted = all, Open = all.Length };
        }

        var records = ids.Select(known.History.Trials.GetValueOrDefault).ToArray();
        var states = Array.ConvertAll(records, record => StateOf(record, left.Schedule, known.History));
        ImmutableArray<int> open = [.. Enumerable.Range(0, ids.Length).Where(position => states[position].IsOpen && IsAsked(position))];

        // A pack's file is replaced as a whole: what else is current in it has to be written again.
        bool IsReplaced(int position) => open.Length > 0 && records[position] is { Segment: not null } record && record.Pack == pack.Id;
        bool IsWanted(int position) => open.BinarySearch(position) >= 0 || IsReplaced(position);
        ImmutableArray<int> wanted = [.. Enumerable.Range(0, ids.Length).Where(IsWanted)];
        return left with
        {
            Wanted = wanted,
            Open = open.Length,
            HasStaleRows = open.Any(IsReplaced),
            Settled = SettledTrials.Sum(states),
            Untouched = SettledTrials.Sum(states.Where((_, position) => wanted.BinarySearch(position) < 0)),
            Known = records.Count(record => record is not null),
            Segments = [.. records.Select(record => record?.Segment).OfType<string>().Distinct()],
        };
    }

    /// <summary>Rows that cover a trial are good, even when training it again for more metrics failed.</summary>
    private static SettledTrials StateOf(TrialRecord? record, MeasureSchedule asked, SweepHistory history) =>
        record is null ? default
        : history.Covers(record, asked) ? new SettledTrials(1, record.DivergedStep is null ? 0 : 1, 0)
        : new SettledTrials(0, 0, record.Failure is null ? 0 : 1);
}

/// <summary>Trials that need no more training.</summary>
/// <param name="Committed">Trials that hold all that is asked; those that diverged included.</param>
/// <param name="Diverged">Of these, diverged.</param>
/// <param name="Failed">Trials that were given up.</param>
public readonly record struct SettledTrials(int Committed, int Diverged, int Failed)
{
    /// <summary>Whether there is none.</summary>
    public bool IsOpen => Committed + Failed == 0;

    /// <summary>All together.</summary>
    public static SettledTrials Sum(IEnumerable<SettledTrials> parts) => parts.Aggregate(
        default(SettledTrials),
        (sum, part) => new SettledTrials(sum.Committed + part.Committed, sum.Diverged + part.Diverged, sum.Failed + part.Failed));
}
