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

    /// <summary>Singular values and products of vectors of the same Jacobians, which are not kept.</summary>
    public static VectorProducts Modes(IReadOnlyList<PerceptronLayer> layers, double leak, Tensor inputs, Tensor[] left, Tensor[] right)
    {
        var rank = Math.Min(layers[^1].Weights.shape[1], inputs.shape[2]);
        var products = new VectorProducts((int)inputs.shape[0], (int)inputs.shape[1], (int)rank, left, right);
        if (layers[0].Weights.dtype == ScalarType.Float32)
        {
            Decompose<float>(layers, leak, inputs.to(ScalarType.Float32), products);
        }
        else
        {
            Decompose<double>(layers, leak, inputs.to(ScalarType.Float64), products);
        }

        return products;
    }

    private static void Decompose<T>(IReadOnlyList<PerceptronLayer> layers, double leak, Tensor inputs, VectorProducts products)
        where T : unmanaged, System.Numerics.INumberBase<T> =>
        MlpModes.Of([.. layers.Select(LayerOf<T>)], leak, InputsOf<T>(inputs), products.Target, get_num_threads());

    private static Inputs<T> InputsOf<T>(Tensor inputs)
        where T : unmanaged
    {
        var strides = inputs.stride();
        return new Inputs<T>(TensorMemory.First<T>(inputs), (nint)strides[0], (nint)strides[1], (nint)strides[2]);
    }

    private static Tensor Of<T>(IReadOnlyList<PerceptronLayer> layers, double leak, Tensor inputs)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (lanes, examples) = ((int)inputs.shape[0], (int)inputs.shape[1]);
        var (outputs, width) = ((int)layers[^1].Weights.shape[1], (int)inputs.shape[2]);
        var jacobians = empty([lanes, outputs, width, examples], dtype: ScalarType.Float64);
        MlpJacobians.Of(
            [.. layers.Select(LayerOf<T>)], leak, InputsOf<T>(inputs),
            new Matrices(TensorMemory.First<double>(jacobians), MatrixPlaces.SideBySide(lanes, examples, outputs, width)),
            get_num_threads());
        return jacobians.permute(0, 3, 1, 2);
    }

    private static NetworkLayer<T> LayerOf<T>(PerceptronLayer layer)
        where T : unmanaged => new(
            (int)layer.Weights.shape[2], (int)layer.Weights.shape[1], TensorMemory.First<T>(layer.Weights),
            layer.Biases is { } biases ? TensorMemory.First<T>(biases) : null, (nint)layer.Weights.stride(0), layer.HasActivation);
}
