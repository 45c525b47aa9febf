using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Which examples the steps of all lanes see, each in its own <see cref="BatchOrder"/>.</summary>
/// <param name="size">Examples of a batch.</param>
/// <param name="seeds">Per lane, of the stream `order`.</param>
/// <param name="ahead">
/// Per lane, the steps of its order that were done before; none where it is null. All lanes' batches of a step have one length.
/// </param>
internal sealed class Batches(int size, long[] seeds, long[]? ahead = null)
{
    /// <summary>Examples of a batch.</summary>
    public int Size => size;

    private BatchOrder[] orders = [];
    private int ofExamples;

    /// <summary>The orders of all lanes, for so many examples; lanes with equal ones share them.</summary>
    public BatchOrder[] Orders(int examples)
    {
        if (ofExamples != examples)
        {
            (long Seed, long Ahead)[] keys = [.. seeds.Zip(ahead ?? new long[seeds.Length])];
            var known = keys.Distinct().ToDictionary(key => key, key => new BatchOrder(size, examples, key.Seed, key.Ahead));
            (orders, ofExamples) = (Array.ConvertAll(keys, key => known[key]), examples);
        }

        return orders;
    }

    /// <summary>The batch after so many steps since this order began.</summary>
    public Split At(Split data, long time)
    {
        var of = Orders((int)data.Inputs.shape[1]);
        var batch = of[0].At(time).Length;
        var chosen = new long[of.Length * batch];
        for (var lane = 0; lane < of.Length; lane++)
        {
            var own = of[lane].At(time);
            for (var place = 0; place < batch; place++)
            {
                chosen[lane * batch + place] = own[place];
            }
        }

        var index = tensor(chosen, [of.Length, batch]).to(data.Inputs.device);
        return data with { Inputs = Rows(data.Inputs, index), Targets = Rows(data.Targets, index) };
    }

    /// <summary>values [K, n, ...] at index [K, b].</summary>
    private static Tensor Rows(Tensor values, Tensor index)
    {
        long[] ofExample = values.shape[2..], one = Array.ConvertAll(ofExample, _ => 1L);
        return values.gather(1, index.view([.. index.shape, .. one]).expand([.. index.shape, .. ofExample]));
    }
}
