using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimizers;

/// <summary>Which parameters weight decay applies to.</summary>
internal static class WeightDecay
{
    /// <summary>
    /// Decay [K, 1] where all trained parameters decay, else [K, T] with zeros at those that do not; null for none.
    /// </summary>
    /// <param name="amount">[K, 1], or null for none.</param>
    /// <param name="layout">Of the networks.</param>
    public static Tensor? Of(Tensor? amount, ParameterLayout layout)
    {
        var trained = layout.Parameters.Where(parameter => parameter.IsTrained).ToArray();
        return amount is null || Array.TrueForAll(trained, parameter => parameter.IsDecayed)
            ? amount
            : cat([.. trained.Select(parameter => amount.mul(parameter.IsDecayed ? 1 : 0).expand(-1, parameter.Size))], 1);
    }

    /// <summary>Whether it is one number a lane, which is all that the engines of our own know.</summary>
    public static bool IsUniform(Tensor? decay) => decay is null || decay.shape[1] == 1;
}
