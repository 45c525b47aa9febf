using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>A model that shows what its hidden layers make of inputs.</summary>
internal interface IHiddenLayers : IModel
{
    /// <summary>
    /// Activations [K, n, units] at inputs [K, n, d], one for every weight of <see cref="ParameterLayout.BodyWeights"/>, first layer first.
    /// </summary>
    IEnumerable<Tensor> HiddenLayers(ParameterSet parameters, Tensor inputs);
}
