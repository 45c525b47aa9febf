using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>A network as a function of its parameters; it holds none, so that any other parameters can be asked for.</summary>
internal interface IModel
{
    /// <summary>Its parameters.</summary>
    ParameterLayout Layout { get; }

    /// <summary>
    /// inputs [K, n, ...], numbers or tokens, -> outputs [K, n, ...], lane by lane. Where sequences of different lengths are filled up
    /// (<see cref="Sequences"/>), outputs are too.
    /// </summary>
    /// <param name="parameters">Of the networks. Buffers are changed in place, except where the mode is to evaluate.</param>
    /// <param name="inputs">Examples.</param>
    /// <param name="mode">What for.</param>
    Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode);

    /// <summary>
    /// Gradient of every lane's objective with respect to what is trained, [K, T], while buffers move as training moves them. By default
    /// through autograd; models whose gradient is short write it down, which is faster.
    /// </summary>
    Tensor Gradient(ParameterSet parameters, Split batch, IObjective objective) => Autograd.Gradient(this, parameters, batch, objective);
}

/// <summary>A model that is a linear map around each input: f(x) = J(x) x + const.</summary>
internal interface IPiecewiseLinear : IModel
{
    /// <summary>
    /// Jacobians [K, n, o, d] at inputs [K, n, d]; [K, 1, o, d] where the model is linear and all examples share one.
    /// </summary>
    Tensor Jacobians(ParameterSet parameters, Tensor inputs);

    /// <summary>
    /// Singular values of the Jacobians at inputs [K, n, d], and products of their vectors, where the model finds them without keeping
    /// Jacobians; else null.
    /// </summary>
    /// <param name="parameters">Of the networks.</param>
    /// <param name="inputs">Examples.</param>
    /// <param name="left">What left vectors are multiplied with, see <see cref="VectorProducts"/>.</param>
    /// <param name="right">What right vectors are multiplied with.</param>
    VectorProducts? Modes(ParameterSet parameters, Tensor inputs, Tensor[] left, Tensor[] right) => null;
}
