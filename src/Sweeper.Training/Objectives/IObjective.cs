using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>What training makes small; every lane has its own.</summary>
internal interface IObjective
{
    /// <summary>outputs [K, n, ...], targets -> losses [K].</summary>
    Tensor Loss(Tensor outputs, Tensor targets);

    /// <summary>
    /// The losses alone, for measurements: what was made on the way, some of it as large as the outputs, is free at once.
    /// </summary>
    Tensor Measure(Tensor outputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        return Loss(outputs, targets).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Gradient of the losses with respect to the outputs, whose memory it may reuse. By default through autograd.
    /// </summary>
    Tensor OutputGradient(Tensor outputs, Tensor targets)
    {
        using var _ = enable_grad();
        var leaf = outputs.detach().requires_grad_(true);
        return autograd.grad([Loss(leaf, targets).sum()], [leaf])[0];
    }
}
