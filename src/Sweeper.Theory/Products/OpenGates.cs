using System.Collections.Immutable;
using MathNet.Numerics;

namespace Sweeper.Theory.Products;

/// <summary>How many of a layer's gates are open: binomial, given that they are not too few.</summary>
/// <param name="Units">N.</param>
/// <param name="Share">p, the probability that a gate is open.</param>
/// <param name="Least">r: layers with fewer open gates are drawn again.</param>
public sealed record OpenGates(int Units, double Share, int Least)
{
    /// <summary>Numbers that are possible, and how probable each is.</summary>
    public ImmutableArray<(int Open, double Probability)> Law { get; } = LawOf(Units, Share, Least);

    /// <summary>The same with at least so many.</summary>
    public OpenGates WithAtLeast(int open) => open > Least ? new OpenGates(Units, Share, open) : this;

    /// <summary>Mean and variance of a function of the number.</summary>
    public (double Mean, double Variance) Of(Func<int, double> function)
    {
        var mean = Law.Sum(one => one.Probability * function(one.Open));
        return (mean, Law.Sum(one => one.Probability * Math.Pow(function(one.Open) - mean, 2)));
    }

    private static ImmutableArray<(int, double)> LawOf(int units, double share, int least)
    {
        if (share >= 1)
        {
            return [(units, 1)];
        }

        var logarithms = Enumerable.Range(least, units - least + 1).Select(open => (open, Weight: SpecialFunctions.BinomialLn(units, open)
            + open * Math.Log(share) + (units - open) * Math.Log(1 - share))).ToList();
        var largest = logarithms.Max(one => one.Weight);
        var total = logarithms.Sum(one => Math.Exp(one.Weight - largest));
        return [.. logarithms.Select(one => (one.open, Math.Exp(one.Weight - largest) / total))];
    }
}
