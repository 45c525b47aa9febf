using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>Gradients by reverse-mode differentiation of libtorch, for any model.</summary>
internal static class Autograd
{
    /// <summary>
    /// Gradient [K, T] of each lane's objective, while buffers move. Lanes do not meet in any operation, so the sum over lanes has the same
    /// gradient.
    /// </summary>
    public static Tensor Gradient(IModel model, ParameterSet parameters, Split batch, IObjective objective)
    {
        using var _ = enable_grad();
        var layout = parameters.Layout;
        // libtorch refuses gradients of memory that was written on the way: buffers are.
        var leaf = (layout.Buffers.IsEmpty ? parameters.Flat.detach() : parameters.Flat.clone()).requires_grad_(true);
        var outputs = model.Apply(new ParameterSet(layout, leaf, buffers: parameters), batch.Inputs, NetworkMode.Train);
        return autograd.grad([objective.Loss(outputs, batch.Targets).sum()], [leaf])[0].narrow(1, 0, layout.TrainedSize);
    }
}
