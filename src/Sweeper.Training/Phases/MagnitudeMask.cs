using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Phases;

/// <summary>
/// Holds all but the largest weights at zero, network by network: of the n weights of all matrices but the head's,
/// floor(keep * n) stay, those of largest magnitude; of equal ones the first. Biases stay (Yunis et al. 2024, section 5.1).
/// </summary>
/// <param name="Keep">Fraction that stays, per lane.</param>
internal sealed record MagnitudeMask(double[] Keep) : IEdit
{
    /// <summary>
    /// Per lane the seed of a random control: equally many weights of each matrix stay, but any; null for the largest. Empty for no control
    /// in any lane.
    /// </summary>
    public ImmutableArray<long?> Shuffles { get; init; } = [];

    /// <inheritdoc/>
    public void Apply(TrainingState state)
    {
        var parameters = state.Parameters;
        var mask = new ParameterSet(parameters.Layout, ones_like(parameters.Flat));
        var pruned = parameters.Layout.BodyWeights;
        if (!pruned.IsEmpty)
        {
            var largest = Largest(cat([.. pruned.Select(weight => parameters[weight.Name].flatten(1))], 1), Keep);
            foreach (var (index, (weight, part)) in pruned.Zip(largest.split([.. pruned.Select(weight => weight.Size)], 1)).Index())
            {
                mask[weight.Name].copy_(Shuffled(part, index).view(mask[weight.Name].shape));
            }
        }

        state.Hold(mask.Trained.contiguous().MoveToOuterDisposeScope());
    }

    /// <summary>The law itself: weights [K, n] -> 1 at the floor(keep * n) largest magnitudes of each lane, else 0.</summary>
    public static Tensor Largest(Tensor weights, double[] keep)
    {
        var size = weights.shape[1];
        var kept = tensor(Array.ConvertAll(keep, fraction => (long)(fraction * size)), device: weights.device).view(-1, 1);
        var (_, order) = weights.abs().sort(1, descending: true, stable: true);
        return zeros_like(weights).scatter_(1, order, arange(size, device: weights.device).lt(kept).to(weights.dtype));
    }

    /// <summary>The mask [K, n] of one matrix; in lanes with a random control as many ones at other places.</summary>
    private Tensor Shuffled(Tensor mask, int matrix)
    {
        var shuffled = mask.contiguous();
        foreach (var (lane, shuffle) in Shuffles.Index().Where(shuffle => shuffle.Item is not null))
        {
            var order = RandomStreams.Mask(shuffle!.Value, matrix).NextPermutation((int)mask.shape[1]);
            shuffled[lane] = shuffled[lane].index_select(0, tensor(order, ScalarType.Int64, mask.device));
        }

        return shuffled;
    }
}
