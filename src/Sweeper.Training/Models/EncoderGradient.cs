using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Gradients of convolutional encoders on a CPU, lane after lane and some examples at a time, so that all stays in the cache: half the
/// time of libtorch's convolutions, which reorder their operands in every call. A lane has the same bits whatever is trained beside it.
/// </summary>
internal static class EncoderGradient
{
    /// <summary>Which numbers these are: part of the numerics class. Other bits are another version.</summary>
    public const int Version = 1;

    private const int ExamplesAtOnce = 128;

    /// <summary>Gradient [K, P] of every lane's squared error.</summary>
    /// <param name="parameters">Kernels, and the matrix last.</param>
    /// <param name="batch">Pictures [K, n, side * side] and what shall come out.</param>
    /// <param name="error">How errors are added up.</param>
    /// <param name="side">Pixels along a side.</param>
    /// <param name="leak">Slope of the activation for negative arguments, not negative.</param>
    public static Tensor Of(ParameterSet parameters, Split batch, SquaredError error, int side, double leak)
    {
        using var scope = NewDisposeScope();
        var gradient = new ParameterSet(parameters.Layout, zeros_like(parameters.Flat));
        using Scalar slope = error.Slope(batch.Targets.size(1), batch.Targets.size(2));
        var isShared = batch.Inputs.stride(0) == 0;
        foreach (var (inputs, targets) in batch.Inputs.split(ExamplesAtOnce, 1).Zip(batch.Targets.split(ExamplesAtOnce, 1)))
        {
            using var ofPart = NewDisposeScope();
            var pictures = empty([1, side, side, inputs.shape[1]], inputs.dtype);
            var layers = Layers(parameters, pictures, leak);
            for (var lane = 0; lane < parameters.Lanes; lane++)
            {
                using var ofLane = NewDisposeScope();
                if (lane == 0 || !isShared)
                {
                    pictures.view(side * side, -1).copy_(inputs[lane].mT);
                    layers[0].Gather();
                }

                Add(layers, Matrices(parameters, lane), Matrices(gradient, lane), targets[lane].mT, slope);
            }
        }

        return gradient.Flat.MoveToOuterDisposeScope();
    }

    private static PatchConvolution[] Layers(ParameterSet parameters, Tensor pictures, double leak)
    {
        var layers = new PatchConvolution[parameters.Layout.Parameters.Length - 1];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var before = layer == 0 ? null : layers[layer - 1];
            layers[layer] = new PatchConvolution(
                before?.Output ?? pictures, before?.OutputGradient, parameters.Layout.Parameters[layer].Outputs, leak);
        }

        return layers;
    }

    /// <summary>Adds what some examples give to one lane's gradient; targets [o, n].</summary>
    private static void Add(PatchConvolution[] layers, Tensor[] weights, Tensor[] gradients, Tensor targets, Scalar slope)
    {
        for (var layer = 0; layer < layers.Length; layer++)
        {
            if (layer > 0)
            {
                layers[layer].Gather();
            }

            layers[layer].Forward(weights[layer]);
        }

        var features = layers[^1].Output.view(weights[^1].shape[1], -1);
        var back = weights[^1].matmul(features).sub_(targets).mul_(slope);
        gradients[^1].addmm_(back, features.mT, 1, 1);
        PatchConvolution.Multiply(layers[^1].OutputGradient.view(features.shape), weights[^1].mT, back);
        for (var layer = layers.Length - 1; layer >= 0; layer--)
        {
            layers[layer].Backward(weights[layer], gradients[layer]);
        }
    }

    /// <summary>A lane's parameters as matrices, views.</summary>
    private static Tensor[] Matrices(ParameterSet parameters, int lane) => [.. parameters.Weights.Select(weight => weight.Matrices[lane])];
}
