using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>One part of the data of all lanes.</summary>
/// <param name="Name">`train`, `validation`, `test`: the `split` of its measurements.</param>
/// <param name="Inputs">
/// [K, n, ...]: numbers in the type of the networks, or tokens as 64-bit integers. Lanes with the same data may share memory (stride 0).
/// Sequences of different lengths are filled up with NaN (<see cref="Sequences"/>).
/// </param>
/// <param name="Targets">
/// Numbers of the outputs' shape [K, n, ...], or class numbers: the same without the last dimension; or what the objective says.
/// </param>
internal sealed record Split(string Name, Tensor Inputs, Tensor Targets);
