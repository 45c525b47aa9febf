using Sweeper.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>How squared errors are added up; decides the effective learning rate.</summary>
internal enum ErrorScaling
{
    /// <summary>(1/n) sum ||r||^2: mean over examples, sum over outputs (the teacher-student papers).</summary>
    MeanExampleSumOutput,
    /// <summary>(1/2) sum ||r||^2, gradient flow with time constant 1 / learning rate.</summary>
    HalfSum,
    /// <summary>Mean over all entries: PyTorch's default.</summary>
    MeanAll,
}

/// <summary>Squared error between outputs and targets [K, n, ...].</summary>
/// <param name="scaling">How errors are added up.</param>
internal sealed class SquaredError(ErrorScaling scaling) : IObjective
{
    /// <inheritdoc/>
    public Tensor Loss(Tensor outputs, Tensor targets)
    {
        using Scalar weight = Weight(targets.size(1), Axes.SizeOfExample(targets));
        return outputs.sub(targets).square().sum(Axes.OfLane(targets)).mul(weight);
    }

    /// <inheritdoc/>
    public Tensor OutputGradient(Tensor outputs, Tensor targets)
    {
        using Scalar slope = Slope(targets.size(1), Axes.SizeOfExample(targets));
        return outputs.sub_(targets).mul_(slope);
    }

    /// <summary>By what output - target is multiplied in the gradient.</summary>
    public double Slope(long examples, long outputs) => 2 * Weight(examples, outputs);

    /// <summary>By what the sum of all squares is multiplied.</summary>
    public double Weight(long examples, long outputs) => scaling switch
    {
        ErrorScaling.MeanExampleSumOutput => 1.0 / examples,
        ErrorScaling.HalfSum => 0.5,
        _ => 1.0 / (examples * outputs),
    };
}
