namespace Sweeper.Training.Models;

/// <summary>Distribution of initial weights, before the scale.</summary>
internal enum InitialLaw
{
    /// <summary>Haar: uniformly random (semi-)orthogonal.</summary>
    Haar,
    /// <summary>Independent N(0, 1 / inputs).</summary>
    Gaussian,
    /// <summary>PyTorch's default for linear layers: uniform on +-1 / sqrt(inputs).</summary>
    TorchDefault,
}
