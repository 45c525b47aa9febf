using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>
/// Singular value decomposition of the correlation of targets Y and inputs X, both with rows as examples: the modes that a deep linear
/// network learns.
/// </summary>
internal static class DataModes
{
    /// <summary>
    /// Modes of Y^T X min(n, d) / ||X||_F^2, [K, outputs or inputs, r]: where inputs are white, of the matrix that fits the targets best.
    /// The largest component of each right vector is positive, so that signs are the same everywhere.
    /// </summary>
    /// <remarks>On the processor, by the arithmetic whose bits depend on nothing but the numbers: initial weights are made of it.</remarks>
    public static Modes Of(Split data)
    {
        var (inputs, targets) = (data.Inputs.cpu().to(ScalarType.Float64), data.Targets.cpu().to(ScalarType.Float64));
        var spread = inputs.square().sum([1L, 2L]) / Math.Min(inputs.shape[1], inputs.shape[2]);
        var (left, values, right) = LaneSvd.Full(targets.mT.bmm(inputs) / spread.view(-1, 1, 1));
        var signs = right.gather(1, right.abs().argmax(1, keepdim: true)).sign();
        return new Modes((left * signs).to(data.Inputs.device), values.to(data.Inputs.device), (right * signs).to(data.Inputs.device));
    }
}
