using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Segments;

namespace Sweeper.Running;

/// <summary>A trial trained once more, as it was, without a folder to write to.</summary>
/// <param name="Pack">The pack whose program it was trained in.</param>
/// <param name="Numerics">What this machine computes with.</param>
/// <param name="Comparison">Held against the stored rows, or null when there are none.</param>
/// <param name="Rows">Rows measured.</param>
/// <param name="DivergedStep">Step at which it diverged this time, or null.</param>
internal sealed record TrialRerun(PackId Pack, string Numerics, RowComparison? Comparison, int Rows, long? DivergedStep)
{
    /// <summary>
    /// Trains the trial in the program of the pack that its rows came from: the same lanes with the same neighbours, since bits
    /// may depend on them. Throws what the training throws.
    /// </summary>
    public static TrialRerun Of(OpenedFolder folder, TrialId trial, CancellationToken cancellation)
    {
        var record = folder.History.Trials.GetValueOrDefault(trial);
        var segment = record?.Segment is { } name ? folder.History.Segments[name] : null;
        var (plan, pack) = PlanArchive.PacksOf(folder, trial)
            .LastOrDefault(found => segment is null || found.Pack.Id == segment.Pack.ToTrained());
        if (plan is null)
        {
            throw new SweepException(
                ExitCode.Preflight, $"the plan that trial {trial} was trained in is not read alike any more",
                "Use the Sweeper that made the folder; provenance.json names it.", folder.Path);
        }

        // Before hours are spent on what could not be compared.
        var stored = segment is null ? null : TrialRows.Stored(folder.Path, segment, trial);
        var work = plan.WorkFor(pack!, (candidate, _) => candidate.Id == trial);
        work = segment is null ? work : work with { Schedule = segment.Content.Schedule };
        var rows = new TrialRows(work.Wanted[0]);
        var worker = CompositionRoot.Workers()[0];
        var numerics = NumericsClass.Choose(folder.History.Numerics, worker.Numerics, plan.Engine, asked: null, isMixed: true)!;
        work = work with { Engine = NumericsClass.EngineOf(numerics) };
        var outcome = OnThread(() => worker.CreateRunner().Run(work, rows, cancellation));
        return new TrialRerun(
            pack!.Id, numerics,
            stored is null ? null : RowComparison.Of(stored, rows.Values),
            rows.Values.Count, outcome.Diverged.FirstOrDefault(divergence => divergence.Trial == work.Wanted[0])?.Step);
    }

    /// <summary>Tensor libraries keep state by thread: a pack lives on one from its beginning to its end.</summary>
    private static PackOutcome OnThread(Func<PackOutcome> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult();
}
