using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Which examples the steps of all lanes see, each in its own <see cref="BatchOrder"/>.</summary>
/// <param name="size">Examples of a batch.</param>
/// <param name="seeds">Per lane, of the stream `order`.</param>
internal sealed class Batches(int size, long[] seeds)
{
    /// <summary>Examples of a batch.</summary>
    public int Size => size;

    private BatchOrder[] orders = [];
    private int ofExamples;

    /// <summary>The orders of all lanes, for so many examples; lanes with equal seeds share one.</summary>
    public BatchOrder[] Orders(int examples)
    {
        if (ofExamples != examples)
        {
            var known = seeds.Distinct().ToDictionary(seed => seed, seed => new BatchOrder(size, examples, seed));
            (orders, ofExamples) = (Array.ConvertAll(seeds, seed => known[seed]), examples);
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
