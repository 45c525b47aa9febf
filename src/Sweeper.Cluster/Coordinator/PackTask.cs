using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>What is left of a pack after subtracting what is committed or failed.</summary>
/// <param name="Pack">Which pack.</param>
/// <param name="Wanted">Positions still to be measured, ascending.</param>
/// <param name="Trials">The trials at these positions, in the same order.</param>
/// <param name="Schedule">What is measured.</param>
/// <param name="Committed">Trials that are covered already.</param>
/// <param name="Diverged">Of these, diverged.</param>
/// <param name="Failed">Trials given up earlier.</param>
/// <param name="LanesPerTrial">Networks of a trial.</param>
/// <param name="Shape">The static values: packs with equal ones need equal memory a lane.</param>
internal sealed record PackTask(
    Pack Pack, ImmutableArray<int> Wanted, ImmutableArray<TrialId> Trials, MeasureSchedule Schedule, int Committed, int Diverged, int Failed, int LanesPerTrial, string Shape)
{
    /// <summary>Subtracts a history from a pack of a plan; trials beyond the scope are neither wanted nor counted.</summary>
    public static PackTask Of(SweepPlan plan, TrialScope scope, Pack pack, SweepHistory history)
    {
        // Rows that cover a trial are good, even when training it again for more metrics failed.
        bool IsOpen(Trial trial, MeasureSchedule schedule) => !history.Covers(trial.Id, schedule) && !history.HasFailed(trial.Id);

        var work = plan.WorkFor(pack, IsOpen);
        var wanted = work.Wanted.Where(position => scope.Includes(pack.First + position, work.Trials[position])).ToImmutableArray();

        // A pack's file is replaced as a whole: what else is current in it has to be written again.
        bool IsInFile(Trial trial) => history.Trials.TryGetValue(trial.Id, out var record) && record.Segment is not null && record.Pack == pack.Id;

        if (wanted.Length > 0 && wanted.Length < work.Trials.Length)
        {
            wanted = [.. Enumerable.Range(0, work.Trials.Length).Where(position => wanted.BinarySearch(position) >= 0 || IsInFile(work.Trials[position]))];
        }

        var others = Enumerable.Range(0, work.Trials.Length).Except(wanted).Select(position => work.Trials[position].Id).ToList();
        var covered = others.Where(trial => history.Covers(trial, work.Schedule)).ToList();
        return new PackTask(
            pack, wanted, [.. wanted.Select(position => work.Trials[position].Id)], work.Schedule,
            covered.Count, covered.Count(trial => history.Trials[trial].DivergedStep is not null),
            others.Count(trial => history.HasFailed(trial) && !history.Covers(trial, work.Schedule)), work.Experiment.LanesPerTrial(work.Statics), ShapeOf(work.Statics));
    }

    private static string ShapeOf(Point point) => string.Join(
        ' ', point.Values.Where((_, index) => point.Experiment.Hyperparameters[index].Binding == Binding.Static));

    /// <summary>Parts with fewer lanes, for a device with too little memory; none where one trial is too much.</summary>
    public ImmutableArray<Pack> Shrunk => PackSplit.Shrink(Pack, LanesPerTrial);

    /// <summary>Two parts, each with half of what is wanted, to find the trial that makes the others fail; none where there is one left.</summary>
    public ImmutableArray<Pack> Halves => Wanted.Length > 1 ? PackSplit.Bisect(Pack, Wanted[Wanted.Length / 2]) : [];

    /// <summary>What a part of this pack still wants.</summary>
    public PackTask Part(Pack part)
    {
        var offset = (int)(part.First - Pack.First);
        var places = Enumerable.Range(0, Wanted.Length).Where(place => Wanted[place] >= offset && Wanted[place] < offset + part.Count).ToArray();
        return this with
        {
            Pack = part, Wanted = [.. places.Select(place => Wanted[place] - offset)], Trials = [.. places.Select(place => Trials[place])],
            Committed = 0, Diverged = 0, Failed = 0,
        };
    }

    /// <summary>What is left of it when its parts take over: what was there before.</summary>
    public PackTask Handed => this with { Wanted = [], Trials = [] };

    /// <summary>The trials that diverged, by position in the pack -> by id. Positions that were not asked for are left out.</summary>
    public ImmutableArray<DivergedTrial> Name(ImmutableArray<Core.Ports.Divergence> diverged) =>
    [
        .. from divergence in diverged
           let place = Wanted.BinarySearch(divergence.Trial)
           where place >= 0
           select new DivergedTrial(Trials[place], divergence.Step),
    ];
}
