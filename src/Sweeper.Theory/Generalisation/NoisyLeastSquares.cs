namespace Sweeper.Theory.Generalisation;

/// <summary>
/// The smallest of the linear maps that fit noisy data best, w = X^+ (X w* + noise), from independent Gaussian inputs: what gradient
/// descent from small weights ends with. How far two of them agree that saw the same inputs and different noise, and what they are worth.
/// </summary>
/// <remarks>
/// Of the teacher w*, the share min(n / d, 1) lies in what the inputs span and is found; noise of variance s^2 adds the squared norm
/// s^2 tr (X X^T)^-1, s^2 n / (d - n - 1) where there are fewer examples than inputs and s^2 d / (n - d - 1) where there are more (mean of
/// the inverse Wishart law). That mean is infinite where examples and inputs are equally many, or one apart.
/// </remarks>
/// <param name="Inputs">d.</param>
/// <param name="Examples">n.</param>
/// <param name="Snr">|w*|^2 / s^2; positive.</param>
public sealed record NoisyLeastSquares(int Inputs, int Examples, double Snr)
{
    /// <summary>Squared norm of what is found of the teacher, over that of the teacher.</summary>
    public double Signal => Math.Min((double)Examples / Inputs, 1);

    /// <summary>Squared norm of what is fitted of the noise, over that of the teacher.</summary>
    public double Noise => Math.Abs(Inputs - Examples) <= 1 ? double.PositiveInfinity
        : Math.Min(Inputs, Examples) == Examples ? Examples / (Snr * (Inputs - Examples - 1))
        : Inputs / (Snr * (Examples - Inputs - 1));

    /// <summary>Cosine of two that saw the same inputs.</summary>
    public double Cosine => Signal / (Signal + Noise);

    /// <summary>The same in the limit of many inputs and examples: q / (1 + q) with q = snr |1 - n / d|.</summary>
    public double LimitOfCosine => Snr * Math.Abs(1 - ((double)Examples / Inputs)) is var q ? q / (1 + q) : 0;

    /// <summary>Cosine of two whose inputs are independent: they have found different parts of the teacher.</summary>
    public double CosineOfFreshInputs => Signal * Signal / (Signal + Noise);

    /// <summary>
    /// Linear centred kernel alignment of the hidden layers of two that have one output and saw the same inputs, far from n = d: there the
    /// cosine varies little, and this is its square.
    /// </summary>
    public double KernelAlignment => Cosine * Cosine;

    /// <summary>|w - w*|^2 / |w*|^2, the squared error at new inputs over that of zero.</summary>
    public double ExcessRisk => 1 - Signal + Noise;
}
