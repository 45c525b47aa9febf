using Sweeper.Theory.Dynamics;

namespace Sweeper.Theory.Generalisation;

/// <summary>A deep linear student that has the singular vectors of its data from the start, all modes equally weak.</summary>
/// <param name="Width">N2, hidden units: the most modes that it can learn.</param>
/// <param name="WeightMatrices">L, at least 2; the paper counts layers of neurons, L + 1.</param>
/// <param name="Initial">epsilon, the singular values of the product of its matrices at the start; positive.</param>
public sealed record DeepStudent(int Width, int WeightMatrices = 2, double Initial = 1e-5)
{
    /// <summary>s(t, target) of one of its modes.</summary>
    public ModeGrowth Growth(double target) => new(WeightMatrices, target, Initial);
}
