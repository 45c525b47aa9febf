using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>
/// Expected logistic loss of a linear map w over spherically symmetric inputs x with labels sgn(v.x). Its inputs are the unit vectors, so
/// that the outputs [K, d, 1] of a linear network are its map; its targets [K, d, 1] are the unit vector v.
/// </summary>
/// <remarks>
/// The part of the gradient that turns w has the length c0 sin(theta) / pi whatever |w| is, with theta the angle between w and v, and c0
/// the mean length of what a plane sees of x (Lin, Sun and Zhang 2021).
/// </remarks>
internal sealed class PopulationLogistic : IObjective
{
    private readonly Tensor forward, aside, shares;

    /// <param name="law">Of the inputs.</param>
    /// <param name="device">Of the networks.</param>
    public PopulationLogistic(HalfPlaneLaw law, Device device)
    {
        Law = law;
        (forward, aside, shares) = (Row(law.Forward), Row(law.Aside), Row(law.Shares));

        Tensor Row(IEnumerable<double> values) => tensor([.. values], device: device).view(1, -1);
    }

    /// <summary>Law of the inputs.</summary>
    public HalfPlaneLaw Law { get; }

    /// <inheritdoc/>
    public Tensor Loss(Tensor outputs, Tensor targets) => (LogisticLoss.OfMargins(Margins(outputs, targets).Margins) * shares).sum(1);

    /// <inheritdoc/>
    public Tensor OutputGradient(Tensor outputs, Tensor targets)
    {
        var (margins, direction) = Margins(outputs, targets);
        var pushes = margins.neg().sigmoid() * shares;
        return ((pushes * forward).sum(1).view(-1, 1, 1) * targets + (pushes * aside).sum(1).view(-1, 1, 1) * direction).neg()
            .to(outputs.dtype);
    }

    /// <summary>
    /// Margins [K, points] in float64, and the direction [K, d, 1] of what of w is orthogonal to v; 0 where nothing is.
    /// </summary>
    private (Tensor Margins, Tensor Direction) Margins(Tensor outputs, Tensor targets)
    {
        var map = outputs.to(ScalarType.Float64);
        var along = (map * targets).sum(1);
        var across = map - along.unsqueeze(2) * targets;
        // Written so that it can be differentiated.
        var square = across.square().sum(1);
        var length = ones_like(square) / square.rsqrt();
        return (along * forward + length * aside, across / (length + length.eq(0).to(ScalarType.Float64)).unsqueeze(2));
    }
}
