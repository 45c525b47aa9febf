using Sweeper.Golden;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests;

/// <summary>Networks of one lane with given float64 weights.</summary>
internal static class Networks
{
    /// <summary>A bias-free network from its matrices, first layer first.</summary>
    public static (Mlp Model, ParameterSet Parameters) FromWeights(GoldenNode weights, double leak, bool hasOutputActivation)
    {
        var matrices = weights.Items.Select(matrix => matrix.Matrix()).ToArray();
        var model = new Mlp([matrices[0][0].Length, .. matrices.Select(matrix => matrix.Length)], leak, hasOutputActivation);
        return (model, Parameters(model, matrices.SelectMany(matrix => matrix.SelectMany(row => row))));
    }

    /// <summary>A ReLU network with biases.</summary>
    public static (Mlp Model, ParameterSet Parameters) FromWeightsAndBiases(GoldenNode weights, GoldenNode biases)
    {
        var matrices = weights.Items.Select(matrix => matrix.Matrix()).ToArray();
        var model = new Mlp([matrices[0][0].Length, .. matrices.Select(matrix => matrix.Length)], leak: 0, hasBias: true);
        return (model, Parameters(
            model,
            matrices.Zip(biases.Items, (matrix, bias) => matrix.SelectMany(row => row).Concat(bias.Numbers())).SelectMany(layer => layer)));
    }

    /// <summary>A program of networks that are nothing but their parameters.</summary>
    public static Program Unmade(ParameterSet parameters) => new(new UnmadeModel(parameters.Layout), parameters, null, null, [], []);

    /// <summary>A set of one lane with these values in layout order.</summary>
    public static ParameterSet Parameters(IModel model, IEnumerable<double> values) =>
        new(model.Layout, tensor(values.ToArray()).view(1, -1));

    private sealed class UnmadeModel(ParameterLayout layout) : IModel
    {
        public ParameterLayout Layout => layout;

        public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) => throw new NotSupportedException();
    }
}
