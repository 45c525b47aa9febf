using System.Numerics;
using Sweeper.Lanes.Networks;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>
/// Squared errors and logistic losses of small perceptrons on the processor, by Sweeper's own arithmetic, whichever engine trains.
/// </summary>
internal abstract class LossKernel : IDisposable
{
    /// <summary>For a split; null where networks, loss or device are others.</summary>
    public static LossKernel? For(Program program, Split split)
    {
        var numbers = program.Initial.Flat;
        if (program is not { Model: Mlp { Shape: var shape }, Reported: (SquaredError or LogisticLoss) and var loss }
            || numbers.device_type != DeviceType.CPU || split.Inputs.dtype != numbers.dtype || split.Targets.dtype != numbers.dtype
            || !IsFor(loss, shape, numbers.dtype, (int)split.Inputs.shape[1]))
        {
            return null;
        }

        return numbers.dtype switch
        {
            ScalarType.Float32 => new LossKernel<float>(shape, loss, split, (int)numbers.shape[0]),
            ScalarType.Float64 => new LossKernel<double>(shape, loss, split, (int)numbers.shape[0]),
            _ => null,
        };
    }

    /// <summary>In float32 the sum over many examples would be too rough.</summary>
    private static bool IsFor(IObjective loss, MlpShape shape, ScalarType type, int examples) =>
        loss is LogisticLoss && type == ScalarType.Float64
            ? LaneLosses<double>.IsForLogistic(shape) : LaneLosses<float>.IsFor(shape, examples);

    /// <summary>Losses [K].</summary>
    public abstract Tensor Of(ParameterSet parameters);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>With numbers of one type.</summary>
internal sealed class LossKernel<T> : LossKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LaneLosses<T> losses;
    private readonly double weight;

    public LossKernel(MlpShape shape, IObjective loss, Split split, int lanes)
    {
        var (examples, outputs) = ((int)split.Targets.shape[1], (int)split.Targets.shape[2]);
        weight = loss is SquaredError squares ? squares.Weight(examples, outputs) : 1.0 / examples;
        LaneRows inputs = new(split.Inputs), targets = new(split.Targets);
        losses = LaneLosses<T>.Of(shape, LaneRows.Data<T>(inputs, targets, examples), lanes, loss is LogisticLoss);
    }

    /// <inheritdoc/>
    public override unsafe Tensor Of(ParameterSet parameters)
    {
        var numbers = parameters.Flat.contiguous();
        var sums = empty(numbers.shape[0], dtype: numbers.dtype);
        losses.Sum(TensorMemory.First<T>(numbers), TensorMemory.First<T>(sums));
        using Scalar factor = weight;
        return sums.mul_(factor);
    }

    /// <inheritdoc/>
    public override void Dispose() => losses.Dispose();
}
