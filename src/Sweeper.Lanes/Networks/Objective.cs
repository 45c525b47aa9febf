using System.Collections.Immutable;

namespace Sweeper.Lanes.Networks;

/// <summary>What training makes small.</summary>
internal abstract record Objective
{
    private Objective()
    {
    }

    /// <summary>
    /// Squared errors: their gradient is the slope times (output - target). The slope is that of a step on so many examples, since a mean
    /// over examples depends on them.
    /// </summary>
    public sealed record SquaredError(Func<int, double> Slope) : Objective;

    /// <summary>Mean cross-entropy of class scores; targets are 1 for the class of an example and 0 for the others.</summary>
    public sealed record CrossEntropy : Objective;

    /// <summary>Mean logistic loss ln(1 + e^(-y f)) of one output f; targets y are 1 or -1.</summary>
    public sealed record Logistic : Objective;

    /// <summary>
    /// Expected logistic loss of the linear map whose entries are the one output at all examples, as a sum over points in the plane of that
    /// map and of the direction that the targets are. All examples are trained on at every step.
    /// </summary>
    /// <param name="Forward">Coordinates of the points along the targets.</param>
    /// <param name="Aside">Coordinates across them, to the side of the map.</param>
    /// <param name="Shares">Weights of the points.</param>
    public sealed record ExpectedLogistic(
        ImmutableArray<double> Forward, ImmutableArray<double> Aside, ImmutableArray<double> Shares) : Objective;
}
