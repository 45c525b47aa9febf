using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>One part of the data of all lanes.</summary>
/// <param name="Name">`train`, `validation`, `test`: the `split` of its measurements.</param>
/// <param name="Inputs">[K, n, d]; lanes with the same data may share memory (stride 0).</param>
/// <param name="Targets">[K, n, o], or class numbers [K, n].</param>
internal sealed record Split(string Name, Tensor Inputs, Tensor Targets);
