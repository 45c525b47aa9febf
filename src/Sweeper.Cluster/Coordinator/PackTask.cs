using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>What is left of a pack after subtracting what is committed or failed.</summary>
/// <param name="Pack">Which pack.</param>
/// <param name="Wanted">Positions still to be measured, ascending.</param>
/// <param name="Plan">The plan that it belongs to.</param>
/// <param name="Schedule">What is measured.</param>
/// <param name="Committed">Trials that are covered already.</param>
/// <param name="Diverged">Of these, diverged.</param>
/// <param name="Failed">Trials given up earlier.</param>
/// <param name="LanesPerTrial">Networks of a trial.</param>
/// <param name="Kind">Packs of one kind need equal memory and time for equal lanes.</param>
internal sealed record PackTask(
    Pack Pack, ImmutableArray<int> Wanted, SweepPlan Plan, MeasureSchedule Schedule, int Committed, int Diverged, int Failed,
    int LanesPerTrial, PackKind Kind)
{
    /// <summary>The trials at the wanted positions, in the same order; their ids are computed here.</summary>
    public ImmutableArray<TrialId> Trials => [.. Wanted.Select(position => Plan.TrialAt(Pack.First + position).Id)];

    /// <summary>Whether some of them have rows in the pack's file that still stand: it is replaced whole.</summary>
    public bool ReplacesRows { get; private init; }

    /// <summary>Whether it may pause at a checkpoint: not where its file is replaced whole.</summary>
    public bool MayPause => !ReplacesRows;

    /// <summary>What a pack of a plan still wants.</summary>
    public static PackTask Of(SweepPlan plan, OpenPack left, PackKind kind) => new(
        left.Pack, left.Wanted, plan, left.Schedule, left.Untouched.Committed, left.Untouched.Diverged, left.Untouched.Failed,
        plan.Experiment.LanesPerTrial(left.Statics), kind)
    {
        ReplacesRows = left.ReplacesRows,
    };

    /// <summary>Parts with fewer lanes, for a device with too little memory; none where one trial is too much.</summary>
    public ImmutableArray<Pack> Shrunk => PackSplit.Shrink(Pack, LanesPerTrial);

    /// <summary>
    /// Two parts, each with half of what is wanted, to find the trial that makes the others fail; none where there is one left.
    /// </summary>
    public ImmutableArray<Pack> Halves => Wanted.Length > 1 ? PackSplit.Bisect(Pack, Wanted[Wanted.Length / 2]) : [];

    /// <summary>What a part of this pack still wants.</summary>
    public PackTask Part(Pack part)
    {
        var offset = (int)(part.First - Pack.First);
        return this with
        {
            Pack = part, Wanted = [.. Wanted.Where(position => position >= offset && position < offset + part.Count)
                .Select(position => position - offset)], Committed = 0, Diverged = 0, Failed = 0, ReplacesRows = false,
        };
    }

    /// <summary>What is left of it when its parts take over: what was there before.</summary>
    public PackTask Handed => this with { Wanted = [] };

    /// <summary>The trials that diverged, by position in the pack -> by id. Positions that were not asked for are left out.</summary>
    public ImmutableArray<DivergedTrial> Name(ImmutableArray<Core.Ports.Divergence> diverged) =>
    [
        .. from divergence in diverged
           let place = Wanted.BinarySearch(divergence.Trial)
           where place >= 0
           select new DivergedTrial(Plan.TrialAt(Pack.First + divergence.Trial).Id, divergence.Step),
    ];
}
