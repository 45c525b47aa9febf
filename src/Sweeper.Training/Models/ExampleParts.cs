using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>Functions of examples, of some at a time: what a network needs on its way need not exist for all of them together.</summary>
internal static class ExampleParts
{
    /// <summary>What a function that looks at every example by itself gives of inputs [K, n, ...]: [K, n, ...].</summary>
    /// <param name="inputs">The examples.</param>
    /// <param name="atOnce">How many the function is given, at most.</param>
    /// <param name="function">The function; all that it makes but its result is freed after each part.</param>
    public static Tensor Apply(Tensor inputs, int atOnce, Func<Tensor, Tensor> function)
    {
        var examples = inputs.shape[1];
        if (examples <= atOnce)
        {
            return function(inputs);
        }

        // Into one tensor: results kept one by one would lie between the memory that parts use in turn, and the holes would grow.
        Tensor? all = null;
        for (var first = 0L; first < examples; first += atOnce)
        {
            using var scope = NewDisposeScope();
            var part = function(inputs.narrow(1, first, Math.Min(atOnce, examples - first)));
            all ??= empty([part.shape[0], examples, .. part.shape[2..]], part.dtype, part.device).MoveToOuterDisposeScope();
            all.narrow(1, first, part.shape[1]).copy_(part);
        }

        return all!;
    }
}
