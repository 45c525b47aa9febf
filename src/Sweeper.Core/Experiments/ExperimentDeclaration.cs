using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sweeper.Core.Experiments;

/// <summary>
/// All that the house knows of an experiment without running it. Declared beside the experiment's program; reading it
/// touches no tensor library.
/// </summary>
public sealed class ExperimentDeclaration
{
    private readonly FrozenDictionary<string, int> indexOf;

    /// <summary>Checks that names are unique.</summary>
    public ExperimentDeclaration(
        string name, int version, string doc, ImmutableArray<Hyperparameter> hyperparameters,
        ImmutableArray<StreamDeclaration> streams, ImmutableArray<MetricDeclaration> metrics)
    {
        Name = name;
        Version = version;
        Doc = doc;
        Hyperparameters = hyperparameters;
        Streams = streams;
        Metrics = metrics;
        indexOf = hyperparameters.Select((declared, index) => (declared.Name, index)).ToFrozenDictionary(pair => pair.Name, pair => pair.index);
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

    /// <summary>
    /// Checks a complete point for contradictions between hyperparameters (a spectrum longer than the width, ...):
    /// null, or one sentence that names the hyperparameters. Single ranges are checked before.
    /// </summary>
    public Func<Point, string?> Validate { get; init; } = _ => null;

    /// <summary>Last step of a point's training; the default reads the hyperparameter `steps`.</summary>
    public Func<Point, long> LastStep { get; init; } = point => point.Integer("steps");

    /// <summary>Networks (lanes) a trial needs at once.</summary>
    public Func<Point, int> LanesPerTrial { get; init; } = _ => 1;

    /// <summary>Device memory of one lane while it trains and measures, in bytes.</summary>
    public Func<Point, long> BytesPerLane { get; init; } = _ => 1 << 20;

    /// <summary>Hash of the content of the data set that a point learns, where there is one: known without the data, part of the TrialId.</summary>
    public Func<Point, string?> DatasetHash { get; init; } = _ => null;

    /// <summary>
    /// Looks for what a point needs on this machine before any of it is trained; throws a
    /// <see cref="Errors.SweepException"/> (preflight) when it is not there.
    /// </summary>
    public Action<Point> CheckMachine { get; init; } = _ => { };

    /// <summary>Metrics measured when the sweep file has no `measure`.</summary>
    public ImmutableArray<string> DefaultMetrics { get; init; } = [];

    /// <summary>What the index of a metric counts (<see cref="MetricDeclaration.IndexName"/>).</summary>
    public string IndexNameOf(string metric) => Metrics.FirstOrDefault(declared => declared.Name == metric)?.IndexName ?? "index";

    /// <summary>What the components of a metric are (<see cref="MetricDeclaration.ComponentName"/>).</summary>
    public string ComponentNameOf(string metric) => Metrics.FirstOrDefault(declared => declared.Name == metric)?.ComponentName ?? "component";

    /// <summary>Which values of a metric are better (<see cref="MetricDeclaration.Better"/>).</summary>
    public MetricDirection BetterOf(string metric) => Metrics.FirstOrDefault(declared => declared.Name == metric)?.Better ?? MetricDirection.None;

    /// <summary>The split of a metric that is meant where none is named (<see cref="MetricDeclaration.UsualSplit"/>).</summary>
    public string UsualSplitOf(string metric) => Metrics.FirstOrDefault(declared => declared.Name == metric)?.UsualSplit ?? MetricDeclaration.StandardSplit;

    /// <summary>Position of a hyperparameter, or -1.</summary>
    public int IndexOf(string hyperparameter) => indexOf.TryGetValue(hyperparameter, out var index) ? index : -1;
}
