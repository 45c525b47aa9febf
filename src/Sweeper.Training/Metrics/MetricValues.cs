using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>One series of a metric.</summary>
/// <param name="Split">Part of the data, or empty.</param>
/// <param name="Component">Weight matrix (`W1`), pair of members (`0-1`), or empty.</param>
/// <param name="Values">[K] or [K, width]; K / M instead of K where they are of trials.</param>
internal sealed record MetricValues(string Split, string Component, Tensor Values);
