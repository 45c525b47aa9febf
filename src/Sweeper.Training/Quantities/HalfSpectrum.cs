using System.Collections.Immutable;
using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// The networks with half of the singular values of every weight matrix but the head's set to zero, biases kept: either the
/// larger half stays (of r values ceil(r / 2)) or the smaller one (Yunis et al. 2024, section 3.1).
/// </summary>
/// <param name="KeepsTop">Whether the larger half stays.</param>
internal sealed record HalfSpectrum(bool KeepsTop) : IQuantity<ParameterSet>
{
    /// <summary>Component of the networks as they are, beside their halves.</summary>
    public const string Whole = "whole";

    /// <summary>Both halves.</summary>
    public static ImmutableArray<HalfSpectrum> Both { get; } = [new(KeepsTop: true), new(KeepsTop: false)];

    /// <summary>`keep_top` or `keep_bottom`.</summary>
    public string Name => KeepsTop ? "keep_top" : "keep_bottom";

    /// <inheritdoc/>
    public ParameterSet Compute(NetworkSnapshot snapshot)
    {
        var all = snapshot.Parameters;
        var truncated = new ParameterSet(all.Layout, all.Flat.clone());
        foreach (var weight in all.Layout.BodyWeights)
        {
            truncated.Replace(weight, Truncate(snapshot.Get(new WeightModes(weight.Name)), KeepsTop));
        }

        return truncated;
    }

    /// <summary>The law itself: the matrices [..., m, n] of half of their modes.</summary>
    public static Tensor Truncate(Modes modes, bool keepsTop)
    {
        long rank = modes.S.shape[^1], top = (rank + 1) / 2;
        var (first, count) = keepsTop ? (0L, top) : (top, rank - top);
        Tensor Kept(Tensor vectors) => vectors.narrow(-1, first, count);
        return (Kept(modes.U) * Kept(modes.S).unsqueeze(-2)).matmul(Kept(modes.V).mT);
    }
}
