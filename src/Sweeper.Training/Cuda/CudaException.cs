namespace Sweeper.Training.Cuda;

/// <summary>A function of the driver failed.</summary>
/// <param name="message">Which, and how.</param>
internal sealed class CudaException(string message) : InvalidOperationException(message);
