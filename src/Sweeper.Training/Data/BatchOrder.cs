using Sweeper.Core.Randomness;
using Sweeper.Lanes.Networks;

namespace Sweeper.Training.Data;

/// <summary>
/// Which examples the steps of one network see: every epoch is a permutation of all examples, cut into batches; the last one is shorter
/// where the size does not divide their number. A pure function of seed and time; the running epoch is only remembered.
/// </summary>
/// <param name="size">Examples of a batch.</param>
/// <param name="examples">Examples there are.</param>
/// <param name="seed">Of the stream `order`.</param>
/// <param name="ahead">Steps of it that were done before the time 0.</param>
internal sealed class BatchOrder(int size, int examples, long seed, long ahead = 0) : IExamples
{
    private volatile Epoch? running;

    /// <inheritdoc/>
    public ReadOnlySpan<int> At(long time)
    {
        var (number, batch) = Math.DivRem(time + ahead, (examples + size - 1) / size);
        var epoch = running;
        if (epoch?.Number != number)
        {
            running = epoch = new Epoch(number, RandomStreams.Order(seed, number).NextPermutation(examples));
        }

        var first = (int)batch * size;
        return epoch.Order.AsSpan(first, Math.Min(size, examples - first));
    }

    private sealed record Epoch(long Number, int[] Order);
}
