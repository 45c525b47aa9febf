using System.Collections.Immutable;
using Sweeper.Core.Ports;
using Sweeper.Theory.Spectra;

namespace Sweeper.Theory.Generalisation;

/// <summary>
/// What is to be learned: the outputs of a linear teacher of low rank, with noise, at inputs that are white on the space that they
/// span, X X^T = <see cref="InputPower"/> there (Lampinen and Ganguli 2019, section 2 and appendix G).
/// </summary>
/// <param name="Inputs">N1.</param>
/// <param name="Outputs">N3.</param>
/// <param name="Strengths">Singular values of the teacher, whose vectors are random: one of each mode.</param>
public sealed record LinearTask(int Inputs, int Outputs, ImmutableArray<double> Strengths)
{
    /// <summary>sigma: every training target carries noise of variance sigma^2 / N1. 0 is none.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>P, training examples.</summary>
    public int Examples { get; init; } = Inputs;

    /// <summary>
    /// What X X^T is on the span of the inputs; the paper's is P / N1 where there are more examples than inputs, and 1 else.
    /// </summary>
    public double InputPower { get; init; } = 1;

    /// <summary>
    /// The paper's task with so many examples: orthonormal inputs, times sqrt(P / N1) where there are more of them than N1.
    /// </summary>
    public LinearTask WithExamples(int examples) => this with { Examples = examples, InputPower = Math.Max(1, (double)examples / Inputs) };

    /// <summary>Dimensions that the training inputs span.</summary>
    public int Span => Math.Min(Inputs, Examples);

    /// <summary>Singular values that the data have: those of Y X^T.</summary>
    public int DataModes => Math.Min(Span, Outputs);

    /// <summary>The data's best map as a noisy matrix, Outputs x Span: Y X^T over <see cref="InputPower"/>.</summary>
    public SpikedMatrix Data => new((double)Outputs / Span, Noise * Math.Sqrt(Span / (Inputs * InputPower)));

    /// <summary>
    /// Share of a random direction of the inputs that lies in the span of the examples, as a length: sqrt(D) for D = P / N1 below 1.
    /// </summary>
    public double Seen => Math.Sqrt((double)Span / Inputs);

    /// <summary>
    /// Singular values of <see cref="Data"/>, descending: of the teacher's modes, and of the noise the middles of equal shares of its law.
    /// </summary>
    public ImmutableArray<double> DataSpectrum()
    {
        var law = Data;
        double[] signals = [.. Strengths.Where(strength => strength > 0).Take(DataModes).Select(strength => law.Observed(Seen * strength))];
        var noise = DataModes - signals.Length;
        var middles = Enumerable.Range(0, noise).Select(mode => law.Noise * law.Bulk.Quantile(1 - (mode + 0.5) / noise));
        return [.. signals.Concat(middles).OrderDescending()];
    }

    /// <summary>The density of the noise and the modes that stand out of it, with zeros up to so many singular values.</summary>
    public SpectralDensity DataDensity(int count)
    {
        var law = Data;
        var signals = Strengths.Where(strength => strength > 0).Take(DataModes).Select(strength => law.Observed(Seen * strength));
        double[] seen = [.. signals.Where(value => value > law.Edge)];
        var noise = DataModes - seen.Length;
        return new SpectralDensity(
            law.Noise * law.Bulk.LowerEdge, law.Edge, value => noise * law.Bulk.Density(value / law.Noise) / law.Noise,
            [.. seen, .. Enumerable.Repeat(0.0, count - DataModes)]) { Count = count };
    }

    /// <summary>Sum of the squared strengths: the teacher's power at white inputs.</summary>
    public double Power => Strengths.Sum(strength => strength * strength);

    /// <summary>
    /// The same inputs with outputs that are independent Gaussians of the same power and know nothing of a teacher (section 3.5):
    /// sigma_r^2 = sum s^2 / N3 + sigma^2 for the paper's inputs.
    /// </summary>
    public LinearTask Randomised() => this with
    {
        Strengths = [], Noise = Math.Sqrt(Power * InputPower * Span / ((double)Examples * Outputs) + Noise * Noise),
    };
}
