using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Tests;

/// <summary>What is measured in the simulation: a number that tells trial and step.</summary>
internal static class Truth
{
    public static double Value(Trial trial, long step) =>
        trial.Seed + 10 * trial.Point.Real("lr") + 100 * trial.Point.Integer("depth") + 1000 * step;
}
