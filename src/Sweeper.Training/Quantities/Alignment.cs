using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>How far the singular vectors of two networks agree.</summary>
internal static class Alignment
{
    /// <summary>
    /// |a_r . b_r| of the r-th columns of [K, n or 1, d, r], per example: [K, n or 1, r]. Signs of singular vectors are arbitrary.
    /// </summary>
    public static Tensor PerExample(Tensor a, Tensor b) => Signed(a, b).abs();

    /// <summary>Mean over examples, [K, r].</summary>
    public static Tensor Mean(Tensor a, Tensor b) => Mean(Signed(a, b));

    /// <summary>The same from products [K, n or 1, r].</summary>
    public static Tensor Mean(Tensor products) => products.abs().mean([1L]);

    /// <summary>a_r . b_r, for products in which the arbitrary signs cancel.</summary>
    public static Tensor Signed(Tensor a, Tensor b) => ScalarProducts.Of(a, b);
}
