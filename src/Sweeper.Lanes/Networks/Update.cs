namespace Sweeper.Lanes.Networks;

/// <summary>How a gradient changes the numbers of the lanes, whose rates are their own: one value for each lane.</summary>
internal abstract record Update
{
    private Update()
    {
    }

    /// <summary>Vectors of moments that it keeps, all zero at first.</summary>
    public abstract int Moments { get; }

    /// <summary>g += decay * p; m = momentum * m + g; p -= rate * m; without momentum m is g.</summary>
    /// <param name="Rate">Learning rates.</param>
    /// <param name="Decay">Weight decay, or null for none.</param>
    /// <param name="Momentum">Momentum, or null for plain gradient descent.</param>
    public sealed record Sgd(double[] Rate, double[]? Decay, double[]? Momentum) : Update
    {
        /// <inheritdoc/>
        public override int Moments => Momentum is null ? 0 : 1;
    }

    /// <summary>
    /// Adam with bias correction and epsilon outside the root (Kingma and Ba 2015). Decay is added to the gradient, or, decoupled, shrinks
    /// the numbers by rate * decay before the update (AdamW: Loshchilov and Hutter 2019).
    /// </summary>
    /// <param name="Rate">Learning rates.</param>
    /// <param name="Decay">Weight decay, or null for none.</param>
    /// <param name="IsDecoupled">Whether the decay is AdamW's.</param>
    /// <param name="Beta1">Decay of the first moment.</param>
    /// <param name="Beta2">Decay of the second moment.</param>
    /// <param name="Epsilon">Added to the root of the second moment.</param>
    public sealed record Adam(double[] Rate, double[]? Decay, bool IsDecoupled, double Beta1, double Beta2, double Epsilon) : Update
    {
        /// <inheritdoc/>
        public override int Moments => 2;
    }
}
