using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Neural tangent kernel [K, o n, o n] of linear networks over all outputs and training examples: the sum over layers of the products of
/// A A^T (what follows the layer) with X B^T B X^T (what precedes it), f(x) = A W B x.
/// </summary>
internal sealed record LinearTangentKernel : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var weights = snapshot.Parameters.Weights.Select(weight => weight.Matrices.to(ScalarType.Float64)).ToArray();
        var before = new List<Tensor> { snapshot.Program.Splits[0].Inputs.to(ScalarType.Float64) };
        before.AddRange(weights[..^1].Select(weight => before[^1].bmm(weight.mT)));
        long outputs = weights[^1].shape[1], examples = before[0].shape[1], lanes = before[0].shape[0];
        var after = eye(outputs, dtype: ScalarType.Float64, device: before[0].device).unsqueeze(0).expand(lanes, -1, -1);
        var kernel = zeros([lanes, outputs, examples, outputs, examples], ScalarType.Float64, before[0].device);
        for (var layer = weights.Length - 1; layer >= 0; layer--)
        {
            var (ofOutputs, ofExamples) = (after.bmm(after.mT), before[layer].bmm(before[layer].mT));
            kernel = kernel + ofOutputs.view(lanes, outputs, 1, outputs, 1) * ofExamples.view(lanes, 1, examples, 1, examples);
            after = after.bmm(weights[layer]);
        }

        return kernel.view(lanes, outputs * examples, outputs * examples);
    }
}
