using System.Collections.Immutable;
using Sweeper.Lanes.Networks;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimizers;

/// <summary>
/// An update rule over all lanes at once, with rates [K, 1] of their own. It owns no state, so that a pack's state stays
/// data; the moments live in <see cref="OptimizerState"/>.
/// </summary>
internal interface IOptimizer
{
    /// <summary>Number of moment tensors it keeps.</summary>
    int Moments { get; }

    /// <summary>The rule as data, for engines that read it; null where it is more than they know.</summary>
    /// <param name="lanes">Number of lanes, K.</param>
    Update? AsData(long lanes) => null;

    /// <summary>One update in place: parameters [K, T] from their gradient [K, T], which it may overwrite.</summary>
    /// <param name="parameters">[K, T].</param>
    /// <param name="gradient">[K, T].</param>
    /// <param name="state">Its moments, changed in place; <see cref="OptimizerState.Updates"/> is already counted up.</param>
    /// <param name="factor">Multiplies the learning rate at this step.</param>
    void Update(Tensor parameters, Tensor gradient, OptimizerState state, double factor);
}

/// <summary>What an optimizer remembers between steps.</summary>
/// <param name="Moments">Each [K, T], zero at first.</param>
internal sealed record OptimizerState(ImmutableArray<Tensor> Moments)
{
    /// <summary>Updates done.</summary>
    public long Updates { get; set; }

    /// <summary>The state before the first update.</summary>
    public static OptimizerState Start(IOptimizer optimizer, Tensor parameters) =>
        new([.. Enumerable.Range(0, optimizer.Moments).Select(_ => zeros_like(parameters))]);
}
