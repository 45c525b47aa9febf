using static TorchSharp.torch;

namespace Sweeper.Training.Phases;

/// <summary>
/// Holds all but the largest weights at zero, network by network: of the n weights of all matrices but the last,
/// floor(keep * n) stay, those of largest magnitude; of equal ones the first. Biases stay (Yunis et al. 2024, section 5.1).
/// </summary>
/// <param name="Keep">Fraction that stays, per lane.</param>
internal sealed record MagnitudeMask(double[] Keep) : IEdit
{
    /// <inheritdoc/>
    public void Apply(TrainingState state)
    {
        var parameters = state.Parameters;
        var pruned = parameters.Layout.Weights.SkipLast(1).ToArray();
        var mask = ones_like(parameters.Trained);
        if (pruned.Length > 0)
        {
            var largest = Largest(cat([.. pruned.Select(index => parameters[index].flatten(1))], 1), Keep).split(Array.ConvertAll(pruned, Size), 1);
            foreach (var (index, part) in pruned.Zip(largest))
            {
                mask.narrow(1, parameters.Layout.Offsets[index], Size(index)).copy_(part);
            }
        }

        state.Hold(mask.MoveToOuterDisposeScope());

        long Size(int index) => parameters.Layout.Parameters[index].Size;
    }

    /// <summary>The law itself: weights [K, n] -> 1 at the floor(keep * n) largest magnitudes of each lane, else 0.</summary>
    public static Tensor Largest(Tensor weights, double[] keep)
    {
        var size = weights.shape[1];
        var kept = tensor(Array.ConvertAll(keep, fraction => (long)(fraction * size)), device: weights.device).view(-1, 1);
        var (_, order) = weights.abs().sort(1, descending: true, stable: true);
        return zeros_like(weights).scatter_(1, order, arange(size, device: weights.device).lt(kept).to(weights.dtype));
    }
}
