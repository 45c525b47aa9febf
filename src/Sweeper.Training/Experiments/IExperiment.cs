using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>One experiment. Found by reflection: a file in this folder is all a new one needs.</summary>
internal interface IExperiment
{
    /// <summary>What the program knows of it; made without touching a tensor.</summary>
    ExperimentDeclaration Declaration { get; }

    /// <summary>What it can measure: the metrics that its declaration names.</summary>
    ImmutableArray<Metric> Metrics { get; }

    /// <summary>Its program for one pack.</summary>
    Program Build(PackContext pack);
}
