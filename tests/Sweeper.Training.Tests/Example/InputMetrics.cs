using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>What of the inputs a network looks at.</summary>
internal static class InputMetrics
{
    /// <summary>How many inputs count.</summary>
    public static Metric UsedInputs { get; } = new(
        "used_inputs", 1,
        "How many inputs the network looks at: (sum c)^2 / sum c^2, c the squared norms of the first matrix's columns. All of them where "
        + "columns are equally long, 1 where only one is not zero.",
        [], snapshot =>
        {
            var (_, first) = snapshot.Parameters.Weights.First();
            var columns = first.to(ScalarType.Float64).square().sum(1);
            return [new MetricValues("", "", columns.sum(1).square() / columns.square().sum(1))];
        });
}
