using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>What training makes small; every lane has its own.</summary>
internal interface IObjective
{
    /// <summary>outputs [K, n, o], targets -> losses [K].</summary>
    Tensor Loss(Tensor outputs, Tensor targets);

    /// <summary>Gradient [K, n, o] of the losses with respect to the outputs, whose memory it may reuse.</summary>
    Tensor OutputGradient(Tensor outputs, Tensor targets);
}
