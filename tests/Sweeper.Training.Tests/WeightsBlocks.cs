using Sweeper.Core.Measurements;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests;

/// <summary>Kept parameters as tensors.</summary>
internal static class WeightsBlocks
{
    /// <summary>[trials, ...].</summary>
    public static Tensor Numbers(this WeightsBlock block)
    {
        var numbers = empty([block.Trials.Length, .. block.Shape.ToArray().Select(side => (long)side)], NumberTypes.Of(block.Type));
        block.Content.Span.CopyTo(numbers.bytes);
        return numbers;
    }
}
