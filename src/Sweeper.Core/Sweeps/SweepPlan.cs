using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// A sweep file, typed, resolved and expanded lazily: which trials there are, in which packs, and what is measured.
/// A pure function of the file's content and the experiment's declaration; the coordinator and every worker compute
/// the same one.
/// </summary>
public sealed class SweepPlan
{
    private SweepPlan() => throw new NotImplementedException();

    /// <summary>Expands a resolved sweep file. Throws <see cref="Errors.SweepException"/> (usage) with place and remedy.</summary>
    public static SweepPlan Create(SweepFile file, IExperimentCatalog catalog) => throw new NotImplementedException();

    /// <summary>Parses and expands the text of a resolved sweep file (see <see cref="ResolvedText"/>).</summary>
    public static SweepPlan Parse(string text, IExperimentCatalog catalog) => throw new NotImplementedException();

    /// <summary>Folder name: the sweep's name, with `@profile` behind it when a profile is used.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>The experiment.</summary>
    public ExperimentDeclaration Experiment => throw new NotImplementedException();

    /// <summary>The file with profile and command-line overrides applied, in a fixed format; parsing it gives this plan again.</summary>
    public string ResolvedText => throw new NotImplementedException();

    /// <summary>Hash of the content (experiment, version, axes, seeds, schedules, lanes), hex; formatting and order of keys do not count.</summary>
    public string Hash => throw new NotImplementedException();

    /// <summary>The hyperparameters that vary, in the order of the file, each with its distinct values in the order of its axis.</summary>
    public ImmutableArray<SweptHyperparameter> Swept => throw new NotImplementedException();

    /// <summary>The seeds, ascending.</summary>
    public ImmutableArray<long> Seeds => throw new NotImplementedException();

    /// <summary>Figures asked for, by name; empty means the default figures.</summary>
    public ImmutableArray<string> Figures => throw new NotImplementedException();

    /// <summary>Failed trials that are still a success.</summary>
    public long AllowFailed => throw new NotImplementedException();

    /// <summary>Number of distinct points.</summary>
    public long PointCount => throw new NotImplementedException();

    /// <summary>Number of trials: points times seeds.</summary>
    public long TrialCount => throw new NotImplementedException();

    /// <summary>
    /// The i-th trial of the canonical plan by mixed radix: static axes outermost, then seeds, then batched axes, so that
    /// packs are contiguous and added seeds fill packs of their own.
    /// </summary>
    public Trial TrialAt(long index) => throw new NotImplementedException();

    /// <summary>The i-th point: static axes outermost, then batched axes, in the order of the file.</summary>
    public Point PointAt(long index) => throw new NotImplementedException();

    /// <summary>The whole plan cut into packs (see <see cref="PackPlanner"/>).</summary>
    public ImmutableArray<Pack> Packs => throw new NotImplementedException();

    /// <summary>What is measured for a point (its length of training decides the steps).</summary>
    public MeasureSchedule ScheduleFor(Point point) => throw new NotImplementedException();

    /// <summary>A pack's work; <paramref name="isWanted"/> says which of its trials still need rows.</summary>
    public PackWork WorkFor(Pack pack, Func<Trial, MeasureSchedule, bool> isWanted) => throw new NotImplementedException();
}

/// <summary>A hyperparameter that varies over a sweep.</summary>
/// <param name="Declaration">Its declaration.</param>
/// <param name="Values">Its distinct values, in the order of its axis.</param>
public sealed record SweptHyperparameter(Hyperparameter Declaration, ImmutableArray<Value> Values);
