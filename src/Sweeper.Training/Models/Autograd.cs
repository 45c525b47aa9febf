using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>Gradients by reverse-mode differentiation of libtorch, for any model.</summary>
internal static class Autograd
{
    /// <summary>Gradient [K, T] of each lane's objective. Lanes do not meet in any operation, so the sum over lanes has the same gradient.</summary>
    public static Tensor Gradient(IModel model, ParameterSet parameters, Split batch, IObjective objective)
    {
        using var _ = enable_grad();
        var leaf = parameters.Flat.detach().requires_grad_(true);
        var outputs = model.Apply(new ParameterSet(parameters.Layout, leaf), batch.Inputs);
        return autograd.grad([objective.Loss(outputs, batch.Targets).sum()], [leaf])[0].narrow(1, 0, parameters.Layout.TrainedSize);
    }
}
