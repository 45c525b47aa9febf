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
}
