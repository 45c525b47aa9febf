using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Jacobians;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>One layer of perceptrons, of all lanes.</summary>
/// <param name="Weights">[K, outputs, inputs].</param>
/// <param name="Biases">[K, outputs], or null.</param>
/// <param name="HasActivation">Whether the activation follows.</param>
internal sealed record PerceptronLayer(Tensor Weights, Tensor? Biases, bool HasActivation);

/// <summary>Jacobians of perceptrons on the processor, see <see cref="MlpJacobians"/>.</summary>
internal static unsafe class LaneJacobians
{
    /// <summary>[K, n, o, d] in float64 at inputs [K, n, d]; examples lie side by side in memory.</summary>
    public static Tensor Of(IReadOnlyList<PerceptronLayer> layers, double leak, Tensor inputs) =>
        layers[0].Weights.dtype == ScalarType.Float32
            ? Of<float>(layers, leak, inputs.to(ScalarType.Float32))
            : Of<double>(layers, leak, inputs.to(ScalarType.Float64));

    private static Tensor Of<T>(IReadOnlyList<PerceptronLayer> layers, double leak, Tensor inputs)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (lanes, examples) = ((int)inputs.shape[0], (int)inputs.shape[1]);
        var (outputs, width) = ((int)layers[^1].Weights.shape[1], (int)inputs.shape[2]);
        var jacobians = empty([lanes, outputs, width, examples], dtype: ScalarType.Float64);
        var strides = inputs.stride();
        MlpJacobians.Of(
            [.. layers.Select(LayerOf<T>)], leak,
            new Inputs<T>(TensorMemory.First<T>(inputs), (nint)strides[0], (nint)strides[1], (nint)strides[2]),
            new Matrices(TensorMemory.First<double>(jacobians), MatrixPlaces.SideBySide(lanes, examples, outputs, width)),
            get_num_threads());
        return jacobians.permute(0, 3, 1, 2);
    }

    private static NetworkLayer<T> LayerOf<T>(PerceptronLayer layer)
        where T : unmanaged => new(
            (int)layer.Weights.shape[2], (int)layer.Weights.shape[1], TensorMemory.First<T>(layer.Weights),
            layer.Biases is { } biases ? TensorMemory.First<T>(biases) : null, (nint)layer.Weights.stride(0), layer.HasActivation);
}
