using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures;
using Sweeper.Training.Experiments;

namespace Sweeper.Composition;

/// <summary>The one place where the parts meet: which experiments, figures and stores this program is made of.</summary>
internal static class House
{
    /// <summary>Every experiment.</summary>
    public static IExperimentCatalog Experiments { get; } = new ExperimentCatalog();

    /// <summary>Refuses, before anything is trained, a plan that asks for what could not be drawn.</summary>
    public static void Check(SweepPlan plan) => FigureCatalog.Check(plan);
}
