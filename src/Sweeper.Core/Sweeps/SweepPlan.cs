using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Core.Sweeps.Space;
using Sweeper.Core.Sweeps.Typing;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// A sweep file, typed, resolved and expanded lazily: which trials there are, in which packs, and what is measured.
/// A pure function of the file's content and the experiment's declaration; the coordinator and every worker compute
/// the same one. The order of keys in the file is no content: axes stand in the order of the experiment's declaration.
/// </summary>
public sealed class SweepPlan
{
    private const string ResolvedName = "sweep.yaml";

    private readonly SweepContent content;
    private readonly TrialSpace space;
    private readonly MeasurePlan measure;

    private SweepPlan(SweepContent content)
    {
        this.content = content;
        Vocabulary = new Vocabulary(content.Experiment, content.Derived);
        PlanCheck.RefuseTooMany(content);
        ResolvedText = ResolvedSweep.Write(content);
        PlanCheck.RefuseTooLong(content, ResolvedText);
        measure = new MeasurePlan(content.Measure, content.KeptWeights);
        ImmutableArray<Grid> grids = [.. content.Union.Select(member => new Grid(content.Experiment, member, content.Conditions))];
        (space, Counts) = TrialCensus.Take(content, grids);
        var blocks = space.Blocks(Experiment).ToArray();
        var cuts = blocks.SelectMany(block => PackPlanner.Cut(block, content.Lanes)).ToArray();
        Hash = PlanHash.Of(content, grids, space.SelectionHash, blocks.Select(block => block.Dataset).OfType<string>().Distinct(), cuts);
        Packs = Named(cuts);
        Engine = blocks.Select(block => block.Engine).Contains(EngineKind.Lanes) ? EngineKind.Lanes : EngineKind.Torch;
        Axes = MergedAxes.Of(Experiment, grids);
        Swept = [.. Axes.SelectMany(Varying).OrderBy(swept => Experiment.IndexOf(swept.Declaration.Name))];
    }

    /// <summary>Expands a resolved sweep file. Throws <see cref="SweepException"/> (usage) with place and remedy.</summary>
    /// <param name="file">The file.</param>
    /// <param name="catalog">Where its experiment is.</param>
    /// <param name="checkFigure">
    /// Throws for a figure that cannot be drawn, whatever the plan: told together with the other faults. Where there is one, figures
    /// of metrics that are not measured are refused, too.
    /// </param>
    public static SweepPlan Create(SweepFile file, IExperimentCatalog catalog, Action<FigureSpec>? checkFigure = null) =>
        new(ContentReader.Read(file, catalog, checkFigure));

    /// <summary>Parses and expands the text of a resolved sweep file (see <see cref="ResolvedText"/>).</summary>
    public static SweepPlan Parse(string text, IExperimentCatalog catalog) =>
        Create(SweepFile.Parse(text, ResolvedName, SweepOverrides.None), catalog);

    /// <summary>Folder name: the sweep's name, with `@profile` after it when a profile is used.</summary>
    public string Name => content.Name;

    /// <summary>The experiment.</summary>
    public ExperimentDeclaration Experiment => content.Experiment;

    /// <summary>The file with profile and command-line overrides applied, in a fixed format; parsing it gives this plan again.</summary>
    public string ResolvedText { get; }

    /// <summary>
    /// Hash of the content (experiment, version, axes, seeds, schedules, data sets, lanes, cut), hex; formatting and order of keys do
    /// not count. Plans with equal hashes have the same trials in the same packs.
    /// </summary>
    public string Hash { get; }

    /// <summary>
    /// The dimensions of the sweep, in the order of the declaration, with every value that some point has. Not every
    /// combination of them needs to be a point: see `exclude`, `when` and `grids`.
    /// </summary>
    public ImmutableArray<SweepAxis> Axes { get; }

    /// <summary>What became of the combinations that the file lists.</summary>
    public PlanCounts Counts { get; }

    /// <summary>What of the file is not used, one sentence each.</summary>
    public ImmutableArray<string> Notes => content.Notes;

    /// <summary>
    /// The hyperparameters that have an axis, in the order of the declaration, each with its distinct values in the order of its axis.
    /// </summary>
    public ImmutableArray<SweptHyperparameter> Swept { get; }

    /// <summary>Values that the file derives from hyperparameters, by name.</summary>
    public ImmutableArray<DerivedValue> Derived => content.Derived;

    /// <summary>Those of them that all seeds of a point share: what belongs to curves, too.</summary>
    public IEnumerable<DerivedValue> DerivedOfPoints => Derived.Where(derived => !derived.DependsOnSeed);

    /// <summary>What conditions on its trials may speak of.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The seeds, ascending.</summary>
    public ImmutableArray<long> Seeds => content.Seeds;

    /// <summary>Figures asked for; empty means the default figures.</summary>
    public ImmutableArray<FigureSpec> Figures => content.Figures;

    /// <summary>What is claimed of the results.</summary>
    public ImmutableArray<Claim> Claims => content.Claims;

    /// <summary>What it reproduces.</summary>
    public SweepSource Source => content.Source;

    /// <summary>Whether the file gives a hyperparameter a value or an axis.</summary>
    public bool Names(string hyperparameter) => content.Places.Hyperparameters.ContainsKey(hyperparameter);

    /// <summary>Names of the metrics that are measured, each once.</summary>
    public ImmutableArray<string> MeasuredMetrics =>
        [.. content.Measure.SelectMany(rule => rule.Metrics).Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads one figure as a sweep file would say it: a metric, or a table. Throws <see cref="SweepException"/> (usage).</summary>
    /// <param name="option">Option of the command line that it was given with.</param>
    /// <param name="text">What was given.</param>
    public FigureSpec ReadFigure(string option, string text)
    {
        var source = new SourceText(option, text, IsArgument: true);
        var faults = new Faults();
        var node = YamlReader.Read(source, faults)
            ?? throw source.At(1, 1).Fault("a figure is named here", "give a metric, or { metric: name, kind: ... }");
        var spec = faults.Try(() =>
            new FiguresReader(Vocabulary, content.Union, content.Conditions, ImmutableHashSet<string>.Empty, faults).One(node));
        faults.ThrowIfAny();
        FiguresReader.RefuseUnmeasured(spec!, Experiment, content.Measure);
        return spec!;
    }

    /// <summary>Failed trials that are still a success.</summary>
    public long AllowFailed => content.AllowFailed;

    /// <summary>Whether a trial that diverged is left out of all means, not only from its step on.</summary>
    public bool DropsDivergedTrials => content.DropsDivergedTrials;

    /// <summary>Which weights are kept beside the rows.</summary>
    public KeptWeights KeptWeights => content.KeptWeights;

    /// <summary>Lanes of a pack at most, as the file says.</summary>
    public int Lanes => content.Lanes;

    /// <summary>Number of points, all different.</summary>
    public long PointCount => space.PointCount;

    /// <summary>Number of trials: points times seeds, less those that are excluded by their seed.</summary>
    public long TrialCount => space.TrialCount;

    /// <summary>The whole plan cut into packs (see <see cref="PackPlanner"/>).</summary>
    public ImmutableArray<Pack> Packs { get; }

    /// <summary>
    /// The i-th trial of the canonical plan: the grids of a union one after the other, in each of them static axes outermost,
    /// then seeds, then batched axes, so that packs are contiguous and added seeds fill packs of their own.
    /// </summary>
    public Trial TrialAt(long index)
    {
        var (point, seed) = CombinationAt(index);
        return new Trial(point, seed);
    }

    /// <summary>The i-th trial, in parts.</summary>
    internal (Point Point, long Seed) CombinationAt(long index)
    {
        Bound(index, TrialCount);
        return space.TrialAt(index);
    }

    /// <summary>The i-th point: static axes outermost, then batched axes, in the order of the declaration.</summary>
    public Point PointAt(long index)
    {
        Bound(index, PointCount);
        return space.PointAt(index);
    }

    /// <summary>What is measured for a point (its length of training decides the steps).</summary>
    public MeasureSchedule ScheduleFor(Point point) => measure.Until(Experiment.LastStep(point));

    /// <summary>What its programs are made for: lanes if those of any pack are.</summary>
    public EngineKind Engine { get; }

    /// <summary>A pack's work; <paramref name="isWanted"/> says which of its trials still need rows.</summary>
    public PackWork WorkFor(Pack pack, Func<Trial, MeasureSchedule, bool> isWanted)
    {
        var trials = Enumerable.Range(0, pack.Count).Select(offset => TrialAt(pack.First + offset)).ToImmutableArray();
        var schedule = ScheduleFor(trials[0].Point);
        return new PackWork(
            pack, Experiment, trials,
            [.. Enumerable.Range(0, trials.Length).Where(position => isWanted(trials[position], schedule))], schedule);
    }

    private ImmutableArray<Pack> Named(PackCut[] cuts)
    {
        var packs = ImmutableArray.CreateBuilder<Pack>(cuts.Length);
        var first = 0L;
        foreach (var cut in cuts)
        {
            packs.Add(new Pack(new PackId($"{Hash[..8]}-{packs.Count}"), first, cut.Trials, cut.Lanes));
            first += cut.Trials;
        }

        return packs.MoveToImmutable();
    }

    private static IEnumerable<SweptHyperparameter> Varying(SweepAxis axis) => axis.Hyperparameters.Select((declared, column) =>
        new SweptHyperparameter(declared, [.. axis.Entries.Select(entry => entry[column]).Distinct()]));

    private static void Bound(long index, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
    }
}

/// <summary>A hyperparameter that varies over a sweep.</summary>
/// <param name="Declaration">Its declaration.</param>
/// <param name="Values">Its distinct values, in the order of its axis.</param>
public sealed record SweptHyperparameter(Hyperparameter Declaration, ImmutableArray<Value> Values);
