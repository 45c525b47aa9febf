using Sweeper.Core.Randomness;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Random layers D_l W_l D_(l-1) of several products, as an experiment would draw them.</summary>
internal static class GatedLayers
{
    /// <summary>[products, N, N] each, from the inputs on; the first matrix has no gates before it.</summary>
    /// <param name="products">How many.</param>
    /// <param name="depth">L.</param>
    /// <param name="units">N.</param>
    /// <param name="share">Probability that a gate is open.</param>
    /// <param name="least">Gates of a layer that are open at least.</param>
    /// <param name="variance">sigma^2: entries have the variance sigma^2 / N.</param>
    /// <param name="isLastGated">Whether gates follow the last matrix.</param>
    public static Tensor[] Draw(int products, int depth, int units, double share, int least, double variance, bool isLastGated)
    {
        var layers = Enumerable.Range(0, depth).Select(_ => new double[products * units * units]).ToArray();
        for (var product = 0; product < products; product++)
        {
            var random = new CounterRandom(product, 1);
            var before = Enumerable.Repeat(true, units).ToArray();
            for (var layer = 0; layer < depth; layer++)
            {
                var weights = random.NextGaussian(units * units);
                var isGated = layer < depth - 1 || isLastGated;
                var after = isGated ? Gates(ref random, units, share, least) : [.. Enumerable.Repeat(true, units)];
                for (var entry = 0; entry < weights.Length; entry++)
                {
                    var isOpen = after[entry / units] && before[entry % units];
                    layers[layer][product * units * units + entry] = isOpen ? weights[entry] * Math.Sqrt(variance / units) : 0;
                }

                before = after;
            }
        }

        return [.. layers.Select(layer => tensor(layer).view(products, units, units))];
    }

    private static bool[] Gates(ref CounterRandom random, int units, double share, int least)
    {
        var gates = new bool[units];
        do
        {
            foreach (ref var gate in gates.AsSpan())
            {
                gate = random.NextUnit() < share;
            }
        }
        while (gates.Count(isOpen => isOpen) < least);

        return gates;
    }
}
