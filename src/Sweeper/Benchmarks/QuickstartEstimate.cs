using Sweeper.Composition;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Benchmarks;

/// <summary>What sweeps/quickstart.yaml would take.</summary>
internal static class QuickstartEstimate
{
    private const int Steps = 500;

    /// <summary>A tenth of the steps, of one seed.</summary>
    private static readonly SweepOverrides Short =
        new(null, [FormattableString.Invariant($"steps={Steps}"), FormattableString.Invariant($"perturbation_step={Steps / 2}")], "1");

    /// <summary>
    /// Seconds of training and measuring: some trials of every depth are trained for a tenth of the steps, with the file's measurements
    /// and without; the other steps are like the latter.
    /// </summary>
    public static double SecondsOfOneWorker(IPackRunner runner, EngineKind engine)
    {
        SweepPlan whole = Plan(SweepOverrides.None), tried = Plan(Short);
        var further = (double)whole.Experiment.LastStep(whole.PointAt(0)) / Steps - 1;
        var secondsOfTrial = tried.Packs.Average(pack =>
        {
            var work = tried.WorkFor(pack, (_, _) => true).By(engine);
            return (TimedPack.Train(runner, work).Seconds + further * TimedPack.Train(runner, Bare(work)).Seconds) / pack.Count;
        });
        return secondsOfTrial * whole.TrialCount;
    }

    /// <summary>With one metric at the first and the last of its measurements.</summary>
    private static PackWork Bare(PackWork work)
    {
        var (first, last) = (work.Schedule.Snapshots[0], work.Schedule.Snapshots[^1]);
        var metrics = first.Metrics[..1];
        return work with { Schedule = new MeasureSchedule([new Snapshot(first.Step, metrics), new Snapshot(last.Step, metrics)]) };
    }

    private static SweepPlan Plan(SweepOverrides overrides)
    {
        using var reader = new StreamReader(typeof(QuickstartEstimate).Assembly.GetManifestResourceStream("quickstart.yaml")!);
        return SweepPlan.Create(SweepFile.Parse(reader.ReadToEnd(), "quickstart.yaml", overrides), CompositionRoot.Experiments);
    }
}
