namespace Sweeper.Theory.Products;

/// <summary>Singular values of products of so many random layers, of which the last may be without gates.</summary>
/// <param name="Layer">A layer with gates.</param>
/// <param name="Depth">L.</param>
/// <param name="IsLastGated">Whether the product is D_L W_L ... D_1 W_1, and not W_L D_(L-1) ... D_1 W_1, a Jacobian.</param>
public sealed record GatedProduct(LyapunovSpectrum Layer, int Depth, bool IsLastGated)
{
    private int Size => Layer.Gates.Units;

    /// <summary>Sum over layers of the k-th exponent: E of the sum of ln |R_kk|, exact at any depth.</summary>
    public double Growth(int order) =>
        (IsLastGated ? Depth : Depth - 1) * Layer.Exponent(order) + (IsLastGated ? 0 : Layer.Ungated.Exponent(order));

    /// <summary>E log s_k where the depth times the gap to the next exponent is large.</summary>
    public double LogSingularValue(int order) => Growth(order) + HaarMinor.Correction(Size, order);

    /// <summary>What E of the sum of the first k log s lies between, at any depth.</summary>
    public (double Least, double Most) CumulativeBounds(int order)
    {
        var least = Enumerable.Range(1, order).Sum(Growth);
        return (least, least - HaarMinor.LogDeterminant(Size, order));
    }
}
