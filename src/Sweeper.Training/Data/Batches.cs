using Sweeper.Core.Randomness;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>
/// Which examples a step sees: every epoch is a permutation of all examples, cut into batches; the last one is shorter
/// where the size does not divide their number. A pure function of seed and time; the permutations of the running epoch
/// are only remembered.
/// </summary>
/// <param name="size">Examples of a batch.</param>
/// <param name="seeds">Per lane, of the stream `order`.</param>
internal sealed class Batches(int size, long[] seeds)
{
    private int[][] permutations = [];
    private long epoch = -1;

    /// <summary>The batch after so many steps since this order began.</summary>
    public Split At(Split data, long time)
    {
        var examples = (int)data.Inputs.shape[1];
        var (ofEpoch, batch) = Math.DivRem(time, (examples + size - 1) / size);
        Remember(ofEpoch, examples);
        var first = (int)batch * size;
        var chosen = permutations.SelectMany(order => order.Skip(first).Take(size), (_, example) => (long)example).ToArray();
        var index = tensor(chosen, [seeds.Length, chosen.Length / seeds.Length]).to(data.Inputs.device);
        return data with { Inputs = Rows(data.Inputs, index), Targets = Rows(data.Targets, index) };
    }

    private void Remember(long wanted, int examples)
    {
        if (wanted == epoch)
        {
            return;
        }

        var known = seeds.Distinct().ToDictionary(seed => seed, seed => RandomStreams.Order(seed, wanted).NextPermutation(examples));
        permutations = Array.ConvertAll(seeds, seed => known[seed]);
        epoch = wanted;
    }

    /// <summary>values [K, n, ...] at index [K, b].</summary>
    private static Tensor Rows(Tensor values, Tensor index) => values.dim() == 2
        ? values.gather(1, index)
        : values.gather(1, index.unsqueeze(2).expand(-1, -1, values.shape[2]));
}
