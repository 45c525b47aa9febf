namespace Sweeper.Theory.Products;

/// <summary>
/// Lyapunov exponents of products of layers D W, W with independent Gaussian entries of variance sigma^2 / N and D a diagonal of gates:
/// the k-th column of an orthonormal frame is stretched by chi_(m - k + 1) sigma / N^(1/2), m the number of open gates (Newman 1986; with
/// gates, m is drawn).
/// </summary>
/// <remarks>
/// Orders k count from 1. Those above the least number of open gates are of layers that have as many: some of a deep product have not.
/// </remarks>
/// <param name="Gates">The gates of a layer.</param>
/// <param name="Variance">sigma^2.</param>
public sealed record LyapunovSpectrum(OpenGates Gates, double Variance)
{
    /// <summary>Of layers whose gates are all open.</summary>
    public LyapunovSpectrum Ungated => this with { Gates = new OpenGates(Gates.Units, 1, Gates.Units) };

    /// <summary>How many every layer has.</summary>
    public int Count => Gates.Law[0].Open;

    /// <summary>gamma_k = (ln(2 sigma^2 / N) + E psi((m - k + 1) / 2)) / 2, nats a layer.</summary>
    public double Exponent(int order) =>
        (Math.Log(2 * Variance / Gates.Units) + Gates.WithAtLeast(order).Of(open => Polygamma.Psi((open - order + 1) / 2.0)).Mean) / 2;

    /// <summary>
    /// What a layer adds to the variance of log s_k in deep products: (E psi_1((m - k + 1) / 2) + Var psi((m - k + 1) / 2)) / 4.
    /// </summary>
    public double VarianceRate(int order)
    {
        var gates = Gates.WithAtLeast(order);
        var within = gates.Of(open => Polygamma.Psi1((open - order + 1) / 2.0)).Mean;
        return (within + gates.Of(open => Polygamma.Psi((open - order + 1) / 2.0)).Variance) / 4;
    }
}
