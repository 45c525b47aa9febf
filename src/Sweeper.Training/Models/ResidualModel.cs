using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>What another model has beyond a linear map, scaled: f(x) = g (h(x) - B x).</summary>
/// <param name="whole">h.</param>
/// <param name="map">B, [K, o, d].</param>
/// <param name="scale">g, [K, 1, 1].</param>
internal sealed class ResidualModel(IPiecewiseLinear whole, Tensor map, Tensor scale) : IPiecewiseLinear
{
    /// <inheritdoc/>
    public ParameterLayout Layout => whole.Layout;

    /// <inheritdoc/>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) =>
        scale * (whole.Apply(parameters, inputs, mode) - LinearFit.Apply(map, inputs));

    /// <inheritdoc/>
    public Tensor Jacobians(ParameterSet parameters, Tensor inputs) =>
        scale.unsqueeze(3) * (whole.Jacobians(parameters, inputs) - map.unsqueeze(1));

    /// <summary>
    /// The residual of a model on training data: B is its targets' least squares on the inputs, and g gives what is left the
    /// norm that the targets had. Returns the model and those targets, g (y - B x).
    /// </summary>
    /// <param name="whole">The model.</param>
    /// <param name="inputs">Training inputs [K, n, d].</param>
    /// <param name="targets">Training targets [K, n, o], with their noise.</param>
    public static (ResidualModel Model, Tensor Targets) Of(IPiecewiseLinear whole, Tensor inputs, Tensor targets)
    {
        var map = LinearFit.Matrix(LinearFit.Inverse(inputs), targets);
        var rest = targets - LinearFit.Apply(map, inputs);
        var norm = FrobeniusNorm.Of(rest, keepdim: true);
        var scale = FrobeniusNorm.Of(targets, keepdim: true) / norm.masked_fill(norm.eq(0), 1);
        return (new ResidualModel(whole, map, scale), scale * rest);
    }
}
