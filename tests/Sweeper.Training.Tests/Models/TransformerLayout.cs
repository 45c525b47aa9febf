using Sweeper.Training.Models;

namespace Sweeper.Training.Tests.Models;

/// <summary>
/// The parameters of the one-block transformer of weight-spectra experiment S1, on tokens 0 .. p (p stands for "="): embedding and head
/// +-0.1, in-projection Xavier, the others as PyTorch's linear layers, attention biases and head bias zero.
/// </summary>
internal static class TransformerLayout
{
    private const int FirstStream = 20;

    /// <param name="modulus">p.</param>
    /// <param name="model">Width of the model.</param>
    /// <param name="hidden">Hidden units of the perceptron.</param>
    /// <param name="heads">Attention heads.</param>
    public static ParameterLayout Of(int modulus, int model, int hidden, int heads) => new(
    [
        Weight("E", 0, modulus + 1, model) with { View = MatrixView.InputsFirst, Initial = InitialLaw.Uniform(0.1) },
        Weight("Win", 1, 3 * model, model) with
        {
            View = MatrixView.Stacked("query", "key", "value"), Initial = InitialLaw.Uniform(Math.Sqrt(6.0 / (4 * model))),
            Follows = ["E", new Predecessor("Win.query") { Meets = "key", Heads = heads }],
        },
        new ParameterSpec("bin", [3 * model], ParameterRole.Bias),
        Weight("Wo", 2, model, model) with { Follows = ["Win.value"] },
        new ParameterSpec("bo", [model], ParameterRole.Bias),
        Weight("W1", 3, hidden, model) with { Follows = ["Wo"] },
        Bias("b1", 4, hidden, model),
        Weight("W2", 5, model, hidden) with { Follows = ["W1"] },
        Bias("b2", 6, model, hidden),
        Weight("D", 7, modulus + 1, model) with { Initial = InitialLaw.Uniform(0.1), Follows = ["W2"], IsHead = true },
        new ParameterSpec("bd", [modulus + 1], ParameterRole.Bias),
    ]);

    private static ParameterSpec Weight(string name, int stream, int outputs, int inputs) =>
        new(name, [outputs, inputs], ParameterRole.Weight) { Stream = FirstStream + stream };

    private static ParameterSpec Bias(string name, int stream, int outputs, int inputs) =>
        new(name, [outputs], ParameterRole.Bias) { Initial = InitialLaw.Uniform(1 / Math.Sqrt(inputs)), Stream = FirstStream + stream };
}
