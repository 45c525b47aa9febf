using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;

namespace Sweeper.Training.Phases;

/// <summary>What one pack does: networks, data and phases. Built by an experiment; running it changes none of it.</summary>
/// <param name="Model">The networks.</param>
/// <param name="Initial">Their parameters at step 0, [K, P].</param>
/// <param name="Rule">How they are trained; null where nothing is trained.</param>
/// <param name="Reported">The loss that is measured, and by which a lane has diverged; null where there is none.</param>
/// <param name="Splits">Training data first; empty where nothing is trained.</param>
/// <param name="Phases">In order.</param>
internal sealed record Program(
    IModel Model, ParameterSet Initial, TrainingRule? Rule, IObjective? Reported, ImmutableArray<Split> Splits,
    ImmutableArray<Phase> Phases)
{
    /// <summary>The network that made the targets, where there is one.</summary>
    public Teacher? Teacher { get; init; }

    /// <summary>How the networks were scaled with their width, where metrics have to know it.</summary>
    public WidthScaling? Scaling { get; init; }

    /// <summary>Further data, on which losses are measured and nothing else.</summary>
    public ImmutableArray<Split> LossSplits { get; init; } = [];

    /// <summary>The weights whose product is measured, where there is one.</summary>
    public WeightChain? Chain { get; init; }

    /// <summary>How lanes belong to trials and their members; by default every lane is a trial.</summary>
    public LaneMap Lanes { get; init; } = new(Initial.Flat.shape[0], 1);

    /// <summary>Lanes whose numbers are asked for; the others may be left as they are. By default all.</summary>
    public ImmutableArray<int> Wanted { get; init; } = [.. Enumerable.Range(0, (int)Initial.Flat.shape[0])];

    /// <summary>How the members of a trial descend from each other, where they are compared in pairs.</summary>
    public Branching Branching { get; init; } = Branching.None;

    /// <summary>A lane whose training loss exceeds so many times the sum of its first loss and that of outputs zero has diverged.</summary>
    public double DivergenceRatio { get; init; } = 1e6;
}

/// <summary>A network that makes targets.</summary>
/// <param name="Model">Its architecture.</param>
/// <param name="Parameters">[K, P], float64 whatever the pack's type.</param>
internal sealed record Teacher(IPiecewiseLinear Model, ParameterSet Parameters);
