using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>Gates of the units of a layer: open (1) or closed (0), drawn once and never trained.</summary>
internal static class Gates
{
    /// <summary>
    /// Independent gates, open with a probability; the whole layer is drawn again until enough of them are open. Where one probability is
    /// larger than another, the same seed opens the same gates in its first draw, and more.
    /// </summary>
    /// <param name="seed">Of the stream `gates`.</param>
    /// <param name="layer">Number of the layer.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="share">Probability that a gate is open.</param>
    /// <param name="least">Gates that have to be open.</param>
    public static bool[] Draw(long seed, int layer, int units, double share, int least)
    {
        var stream = RandomStreams.Gates(seed, layer);
        var gates = new bool[units];
        do
        {
            foreach (ref var gate in gates.AsSpan())
            {
                gate = stream.NextUnit() < share;
            }
        }
        while (gates.Count(gate => gate) < least);
        return gates;
    }

    /// <summary>Probability that enough gates are open in one draw: that a binomial number is at least so large.</summary>
    public static double ProbabilityOfEnough(int units, double share, int least)
    {
        if (share is 0 or 1)
        {
            return share * units >= least ? 1 : 0;
        }

        // From none on: log of units! / (open! (units - open)!) share^open (1 - share)^(units - open).
        var (term, probability) = (units * Math.Log(1 - share), 0.0);
        for (var open = 0; open <= units; open++)
        {
            probability += open >= least ? Math.Exp(term) : 0;
            term += Math.Log((double)(units - open) / (open + 1) * share / (1 - share));
        }

        return Math.Min(probability, 1);
    }
}
