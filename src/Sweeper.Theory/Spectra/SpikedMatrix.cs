namespace Sweeper.Theory.Spectra;

/// <summary>
/// Singular values and vectors of a low-rank matrix to which noise of variance noise^2 / columns an element was added, in the limit
/// of large matrices (Benaych-Georges and Nadakuditi 2012; Lampinen and Ganguli 2019, equations 11 and 12).
/// </summary>
/// <remarks>
/// Modes at or below the threshold are lost: their place is the edge of the noise, and they share no direction with the data.
/// </remarks>
/// <param name="Aspect">A, rows (outputs) over columns (inputs); positive.</param>
/// <param name="Noise">sigma; 0 leaves everything as it was.</param>
public sealed record SpikedMatrix(double Aspect, double Noise = 1)
{
    /// <summary>The largest singular value that noise hides: sigma A^(1/4).</summary>
    public double Threshold => Noise * Math.Sqrt(Math.Sqrt(Aspect));

    /// <summary>Singular values of the noise, in units of <see cref="Noise"/>.</summary>
    public MarchenkoPastur Bulk { get; } = new(Aspect);

    /// <summary>Where the noise ends: sigma (1 + sqrt A).</summary>
    public double Edge => Noise * Bulk.UpperEdge;

    /// <summary>The singular value of the noisy matrix that one of the clean matrix becomes (equation 11).</summary>
    public double Observed(double strength)
    {
        if (!IsSeen(strength))
        {
            return Edge;
        }

        var square = strength * strength;
        return Math.Sqrt((Noise * Noise + square) * (Aspect * Noise * Noise + square)) / strength;
    }

    /// <summary>
    /// The strength that an independent spike would need to be seen where u q^T is, whose q knows the noise W0 of a square matrix:
    /// |q|^2 + 2 u^T W0 q, its root; 0 where that is negative. With q = alpha v + beta W0^T u and v of its own it is alpha^2 + noise^2
    /// ((1 + beta)^2 - 1).
    /// </summary>
    /// <param name="squaredNorm">|q|^2; u has norm 1.</param>
    /// <param name="overlap">u^T W0 q.</param>
    public static double Dependent(double squaredNorm, double overlap) => Math.Sqrt(Math.Max(0, squaredNorm + 2 * overlap));

    /// <summary>The singular value of the clean matrix that one of the noisy matrix comes from; not a number within the noise.</summary>
    public double Original(double observed)
    {
        if (observed <= Edge)
        {
            return double.NaN;
        }

        var b = observed * observed - Noise * Noise * (1 + Aspect);
        return Math.Sqrt((b + Math.Sqrt(b * b - 4 * Aspect * Math.Pow(Noise, 4))) / 2);
    }

    /// <summary>|u . u'| of left singular vectors (outputs) of the clean and the noisy matrix.</summary>
    public double LeftOverlap(double strength) => Kept(strength, Aspect);

    /// <summary>|v . v'| of right singular vectors (inputs) of the clean and the noisy matrix.</summary>
    public double RightOverlap(double strength) => Kept(strength, 1);

    /// <summary>O = |u . u'| |v . v'| (equation 12).</summary>
    public double Overlap(double strength) => LeftOverlap(strength) * RightOverlap(strength);

    /// <summary>
    /// What a mode of the noise shares with a mode of the clean matrix: (u . u')(v . v') at x (in units of <see cref="Noise"/>), times the
    /// number of the noise's modes. The paper leaves it out, because it vanishes for each of them; all together it does not.
    /// </summary>
    /// <remarks>
    /// Over the density of the noise: -(2 / pi) Im[s D / (1 - s^2 D)](x + i0), D(z) = (z^2 - 1 - A - sqrt((z^2 - 1 - A)^2 - 4 A)) / (2 A).
    /// </remarks>
    public double BulkOverlap(double strength, double x)
    {
        double s = strength / Noise, square = s * s;
        return s * x * Math.Min(Aspect, 1) / (Aspect - square * (x * x - 1 - Aspect) + square * square);
    }

    private bool IsSeen(double strength) => strength > Threshold;

    /// <summary>sqrt((s^4 - A) / (s^2 (s^2 + side))) in units of the noise, where side is A or 1.</summary>
    private double Kept(double strength, double side)
    {
        double square = strength * strength, power = Noise * Noise;
        return IsSeen(strength) ? Math.Sqrt((square * square - Aspect * power * power) / (square * (square + side * power))) : 0;
    }
}
