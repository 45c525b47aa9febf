using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Neural tangent kernel [K] of networks with one output at the first example of a split, times the factor of
/// <see cref="Phases.WidthScaling"/>.
/// </summary>
internal sealed record TangentKernel(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var scaling = snapshot.Program.Scaling ?? throw new InvalidOperationException("this program does not say how it was scaled");
        var first = snapshot.Split(Split).Inputs.narrow(1, 0, 1);
        var output = snapshot.Get(new Outputs(Split)).narrow(1, 0, 1);
        // Half a squared error of 1 has the gradient of the output.
        var gradient = snapshot.Program.Model.Gradient(
            snapshot.Parameters, new Split(Split, first, output - 1), new SquaredError(ErrorScaling.HalfSum));
        return gradient.to(ScalarType.Float64).square().sum(1) * scaling.Kernel;
    }
}
