using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// How far the growth of a singular value s_k of the chain's product J depends on other modes, [K, k]. Gradient flow gives
/// ds_k/dt = -(K_k, G) with K_k the sum over l of (A_l A_l^T u_k)(B_l^T B_l v_k)^T and G the gradient by J; what is left out by
/// -c_k u_k^T G v_k is all of K_k but its part c_k along u_k v_k^T: |K_k - c_k u_k v_k^T| / c_k in the Frobenius norm.
/// </summary>
internal sealed record ModalReduction : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var matrices = snapshot.Chain.Weights.Select(weight => snapshot.Parameters[weight].to(ScalarType.Float64)).ToArray();
        return Of(matrices, snapshot.Chain.Modes);
    }

    /// <summary>Of leading modes of M_L ... M_1.</summary>
    public static Tensor Of(IReadOnlyList<Tensor> matrices, int modes)
    {
        var found = BatchedSvd.Full(matrices.Aggregate((product, matrix) => matrix.bmm(product)));
        Tensor left = found.U.narrow(2, 0, modes), right = found.V.narrow(2, 0, modes);
        // [K, L, n, k]: A_l A_l^T u from the last layer, B_l^T B_l v from the first.
        var upper = stack(Along([.. matrices.Reverse().Select(matrix => matrix.mT)], left).Reverse(), 1);
        var lower = stack(Along(matrices, right), 1);
        var own = ((upper * left.unsqueeze(1)).sum(2) * (lower * right.unsqueeze(1)).sum(2)).sum(1);
        var all = (Products(upper) * Products(lower)).sum([-2L, -1L]);
        return SquareRoot.Of((all / own.square() - 1).clamp(min: 0));
    }

    /// <summary>P^T P v of the products of the first none, one, ... of all but the last matrix.</summary>
    private static IEnumerable<Tensor> Along(IReadOnlyList<Tensor> matrices, Tensor vectors)
    {
        yield return vectors;
        var product = matrices[0];
        for (var place = 1; place < matrices.Count; place++)
        {
            yield return product.mT.bmm(product.bmm(vectors));
            product = matrices[place].bmm(product);
        }
    }

    /// <summary>Scalar products of every mode's vectors of all layers, [K, k, L, L].</summary>
    private static Tensor Products(Tensor vectors)
    {
        var ofModes = vectors.permute(0, 3, 1, 2);
        return ofModes.matmul(ofModes.mT);
    }
}
