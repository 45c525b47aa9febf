using static TorchSharp.torch;

namespace Sweeper.Training.Phases;

/// <summary>
/// Factors between networks as a parameterisation writes them, f = s w . phi(...) with weights of unit variance and a multiplier a layer,
/// and as they are trained: multipliers and learning rates of layers are put into scales of weights and inputs, which leaves the same
/// outputs, trained by one rate.
/// </summary>
/// <param name="Richness">gamma, [K]: how far features move while the target is learned.</param>
/// <param name="Kernel">By what the neural tangent kernel of the weights as they are trained is multiplied, [K].</param>
/// <param name="Features">By what squared activations of each hidden layer are multiplied, [K, layers].</param>
internal sealed record WidthScaling(Tensor Richness, Tensor Kernel, Tensor Features);
