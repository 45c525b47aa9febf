namespace Sweeper.Theory.Products;

/// <summary>Squared singular values of products of few wide Gaussian matrices: the Fuss-Catalan law.</summary>
public static class FussCatalan
{
    /// <summary>Logarithm of the largest singular value of a product of L square ones, sigma 1: ((L + 1) ln(L + 1) - L ln L) / 2.</summary>
    public static double LogEdge(int depth) => ((depth + 1) * Math.Log(depth + 1) - depth * Math.Log(depth)) / 2;
}
