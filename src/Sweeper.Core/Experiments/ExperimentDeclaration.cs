using System.Collections.Frozen;
using System.Collections.Immutable;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Experiments;

/// <summary>
/// All that the program knows of an experiment without running it. Declared beside the experiment's program; reading it
/// touches no tensor library. What its functions throw becomes an <see cref="ExperimentFault"/>.
/// </summary>
public sealed class ExperimentDeclaration
{
    private readonly FrozenDictionary<string, int> indexOf;

    /// <summary>Takes what it is given; <see cref="DeclarationCheck"/> looks for mistakes.</summary>
    public ExperimentDeclaration(
        string name, int version, string doc, ImmutableArray<Hyperparameter> hyperparameters,
        ImmutableArray<StreamDeclaration> streams, ImmutableArray<MetricDeclaration> metrics)
    {
        Name = name;
        Version = version;
        Doc = doc;
        Hyperparameters = hyperparameters;
        Streams = streams;
        Metrics =
        [
            .. metrics.Select(metric => metric with
            {
                RowsPerSnapshot = Guarded($"the number of rows of {metric.Name}", metric.RowsPerSnapshot),
                Lacks = Guarded($"what {metric.Name} lacks", metric.Lacks),
            }),
        ];
        LastStep = static point => point.Integer("steps");
        indexOf = hyperparameters.Select((declared, index) => (declared.Name, index))
            .DistinctBy(pair => pair.Name).ToFrozenDictionary(pair => pair.Name, pair => pair.index);
    }

    /// <summary>Name in sweep files: kebab-case.</summary>
    public string Name { get; }

    /// <summary>Raised by the author to invalidate old results on purpose; part of every TrialId.</summary>
    public int Version { get; }

    /// <summary>What it trains and whose question it answers, in a few sentences.</summary>
    public string Doc { get; }

    /// <summary>Every hyperparameter, in the order of documentation and columns.</summary>
    public ImmutableArray<Hyperparameter> Hyperparameters { get; }

    /// <summary>Its random streams.</summary>
    public ImmutableArray<StreamDeclaration> Streams { get; }

    /// <summary>The metrics it can measure.</summary>
    public ImmutableArray<MetricDeclaration> Metrics { get; }

    /// <summary>What hyperparameters must keep together (a spectrum no longer than the width, ...).</summary>
    public ImmutableArray<Constraint> Constraints
    {
        get;
        init => field =
        [
            .. value.Select(constraint => constraint with
            {
                Holds = Guarded($"the constraint '{constraint.Doc}'", constraint.Holds),
                IsUsedBy = constraint.IsUsedBy is { } isUsed ? Guarded($"the constraint '{constraint.Doc}'", isUsed) : null,
            }),
        ];
    } = [];

    /// <summary>Names of the parts of its data, at any of its points: what claims may ask for as `split`.</summary>
    public ImmutableArray<string> Splits { get; init; } = ["train", "validation"];

    /// <summary>Last step of a point's training; the default reads the hyperparameter `steps`.</summary>
    public Func<Point, long> LastStep { get; init => field = Guarded(nameof(LastStep), value); }

    /// <summary>Networks (lanes) a trial needs at once.</summary>
    public Func<Point, int> LanesPerTrial
    {
        get;
        init
        {
            field = Guarded(nameof(LanesPerTrial), value);
            HasMembers = true;
        }
    } = _ => 1;

    /// <summary>Whether a trial may have several networks: its author says how many.</summary>
    public bool HasMembers { get; private init; }

    /// <summary>
    /// What trains a point on the CPU, unless the sweep was begun with something else. <see cref="EngineKind.Lanes"/> where its program is
    /// a perceptron with squared error, cross-entropy or logistic loss, trained by gradient descent or Adam: that is fast, and the same on
    /// every machine.
    /// </summary>
    public Func<Point, EngineKind> Engine { get; init => field = Guarded(nameof(Engine), value); } = _ => EngineKind.Torch;

    /// <summary>Device memory of one lane while it trains and measures, in bytes.</summary>
    public Func<Point, long> BytesPerLane { get; init => field = Guarded(nameof(BytesPerLane), value); } = _ => 1 << 20;

    /// <summary>
    /// Floating-point operations of one training step of one lane, roughly; null where nobody has counted them. Packs are weighed
    /// by it when the remaining time of a sweep is told, and by nothing else.
    /// </summary>
    public Func<Point, double>? OperationsPerStep { get; init => field = value is null ? null : Guarded(nameof(OperationsPerStep), value); }

    /// <summary>
    /// Hash of the content of the data set that a point learns, where there is one: known without the data, part of the TrialId.
    /// </summary>
    public Func<Point, string?> DatasetHash { get; init => field = Guarded(nameof(DatasetHash), value); } = _ => null;

    /// <summary>
    /// Looks for what a point needs on this machine before any of it is trained; throws a
    /// <see cref="Errors.SweepException"/> (preflight) when it is not there.
    /// </summary>
    public Action<Point> CheckMachine { get; init; } = _ => { };

    /// <summary>Metrics measured when the sweep file has no `measure`.</summary>
    public ImmutableArray<string> DefaultMetrics { get; init; } = [];

    /// <summary>The first constraint that a complete point breaks, or null.</summary>
    public Constraint? BrokenBy(Point point)
    {
        foreach (var constraint in Constraints)
        {
            if (!constraint.Holds(point))
            {
                return constraint;
            }
        }

        return null;
    }

    /// <summary>Operations of a step of one lane; uncounted, about one for each number in its memory.</summary>
    internal double Operations(Point point) => OperationsPerStep?.Invoke(point) ?? BytesPerLane(point) / (double)sizeof(float);

    /// <summary>What the index of a metric counts (<see cref="MetricDeclaration.IndexName"/>).</summary>
    public string IndexNameOf(string metric) => Metrics.FirstOrDefault(declared => declared.Name == metric)?.IndexName ?? "index";

    /// <summary>What the components of a metric are (<see cref="MetricDeclaration.ComponentName"/>).</summary>
    public string ComponentNameOf(string metric) =>
        Metrics.FirstOrDefault(declared => declared.Name == metric)?.ComponentName ?? "component";

    /// <summary>Which values of a metric are better (<see cref="MetricDeclaration.Better"/>).</summary>
    public MetricDirection BetterOf(string metric) =>
        Metrics.FirstOrDefault(declared => declared.Name == metric)?.Better ?? MetricDirection.None;

    /// <summary>The split of a metric that is meant where none is named (<see cref="MetricDeclaration.UsualSplit"/>).</summary>
    public string UsualSplitOf(string metric) =>
        Metrics.FirstOrDefault(declared => declared.Name == metric)?.UsualSplit ?? MetricDeclaration.StandardSplit;

    /// <summary>Position of a hyperparameter, or -1.</summary>
    public int IndexOf(string hyperparameter) => indexOf.TryGetValue(hyperparameter, out var index) ? index : -1;

    private static Func<Point, T> Guarded<T>(string part, Func<Point, T> function) => point =>
    {
        try
        {
            return function(point);
        }
        catch (Exception cause) when (ExperimentFault.IsOfCode(cause))
        {
            throw ExperimentFault.At(part, cause, function.Method.DeclaringType, point);
        }
    };
}
