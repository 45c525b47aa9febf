using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Outputs [K, n, ...] on a split.</summary>
internal sealed record Outputs(string Split) : IQuantity<Tensor>
{
    /// <summary>Examples that pass the networks at once: the activations of a large split need not exist together.</summary>
    public const int ExamplesAtOnce = 1024;

    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => Of(snapshot.Program.Model, snapshot.Parameters, snapshot.Split(Split).Inputs);

    /// <summary>Outputs [K, n, ...] of any parameters at inputs [K, n, ...], however many these are.</summary>
    public static Tensor Of(IModel model, ParameterSet parameters, Tensor inputs) =>
        ExampleParts.Apply(inputs, ExamplesAtOnce, part => model.Apply(parameters, part, NetworkMode.Evaluate));
}
