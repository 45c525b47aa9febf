namespace Sweeper.Core.Packing;

/// <summary>What does the steps of training.</summary>
public enum EngineKind
{
    /// <summary>Batched tensors of libtorch: any network on any device.</summary>
    Torch,
    /// <summary>
    /// Sweeper's own arithmetic on the CPU, one lane an element of a vector register: perceptrons, with equal bits on every machine.
    /// </summary>
    Lanes,
    /// <summary>
    /// Kernels of Sweeper's own on a GPU, a network a block of threads: what lanes train, with their bits. Only where a person asks for it.
    /// </summary>
    Fused,
}
