using Sweeper.Lanes.Networks;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>How sharp the loss is where networks are, and how sharp it has to be at a minimum of linear ones.</summary>
internal static class SharpnessMetrics
{
    /// <summary>Of any network.</summary>
    public static Metric Sharpness { get; } = new(
        "sharpness", 2,
        "Largest eigenvalue of the Hessian of what is trained, over all training examples, in float64: by Lanczos' method, until the "
        + "residual is 1e-8 of the Hessian's norm (1,000 steps at most).",
        [], static snapshot => One(snapshot.Get(new Sharpness())));

    /// <summary>Against the learning rate.</summary>
    public static Metric StabilityRatio { get; } = new(
        "stability_ratio", 2,
        "`sharpness` over 2 / learning rate, of gradient descent: above 1 it is not stable along the sharpest direction; 1 is "
        + "the edge of stability.",
        [], static snapshot => One(snapshot.Get(new Sharpness()) * Rates(snapshot) / 2));

    /// <summary>No minimum is less sharp.</summary>
    public static Metric LowerBound { get; } = new(
        "sharpness_bound", 1,
        "Least sharpness that a minimum of a deep linear network with one output can have, 2 L a |w*|^(2 - 2/L), for the mean squared "
        + "error without a half: w* is the least-squares solution, a = w*.Sigma w* / |w*|^2 with Sigma the second moments of the inputs "
        + "(Marion and Chizat 2024). It does not depend on the network.",
        [], static snapshot => One(Regression(snapshot).LowerBound(Depth(snapshot))));

    /// <summary>Where small networks end.</summary>
    public static Metric Balanced { get; } = new(
        "balanced_sharpness", 1,
        "Sharpness of the balanced minimum of rank one, in which networks end that begin small: 2 |w*|^(2 - 2/L) times the largest "
        + "eigenvalue of Sigma + (L - 1) z z^T, z = Sigma^(1/2) w* / |w*|. It does not depend on the network.",
        [], static snapshot => One(Regression(snapshot).Balanced(Depth(snapshot))));

    /// <summary>Against the least one.</summary>
    public static Metric Ratio { get; } = new(
        "sharpness_ratio", 2, "`sharpness` over `sharpness_bound`: at least 1 at a minimum, less on the way there.",
        [], static snapshot => One(snapshot.Get(new Sharpness()) / Regression(snapshot).LowerBound(Depth(snapshot))));

    /// <summary>From the solution.</summary>
    public static Metric SolutionDistance { get; } = new(
        "solution_distance", 1,
        "Mean over inputs of the squared difference between the network's linear map W_L ... W_1 and the least-squares "
        + "solution (the shortest one).",
        [], static snapshot => One((snapshot.Get(new LinearMap()) - snapshot.Get(new LeastSquares())).square().mean([1L])));

    private static MetricValues[] One(Tensor values) => [new MetricValues("", "", values)];

    private static LinearRegression Regression(NetworkSnapshot snapshot) =>
        new(snapshot.Program.Splits[0].Inputs.to(ScalarType.Float64), snapshot.Get(new LeastSquares()));

    private static int Depth(NetworkSnapshot snapshot) => snapshot.Parameters.Layout.Weights.Length;

    private static Tensor Rates(NetworkSnapshot snapshot) =>
        snapshot.Program.Rule?.Optimizer.AsData(snapshot.Parameters.Lanes) is Update.Sgd { Momentum: null } descent
            ? tensor(descent.Rate, device: snapshot.Parameters.Flat.device)
            : throw new InvalidOperationException("this program has no gradient descent with one learning rate a network");
}
