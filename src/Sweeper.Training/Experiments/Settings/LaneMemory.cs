using Sweeper.Core.Experiments;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>What the memory formulas of experiments share (<see cref="ExperimentDeclaration.BytesPerLane"/>), in bytes.</summary>
internal static class LaneMemory
{
    /// <summary>Parameters with their gradients and moments in the type of the training, and what their SVD works in, in float64.</summary>
    /// <param name="layout">Parameters of a network.</param>
    /// <param name="number">Bytes of a number of the training.</param>
    public static long OfParameters(ParameterLayout layout, long number) => layout.Size * (7 * number + 6 * sizeof(double));
}
