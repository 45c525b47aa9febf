using System.Numerics;
using Sweeper.Lanes.Networks;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>
/// Sweeper's own arithmetic: one lane is one element of a vector register. A lane's bits depend on nothing but the lane, on any machine; so
/// lanes that nobody asks for are left as they are.
/// </summary>
internal abstract class LanesEngine : IEngine
{
    /// <summary>For a program on the CPU that <see cref="LaneProgram"/> reads; null for others.</summary>
    public static LanesEngine? For(Program program) =>
        program.Initial.Flat.device_type != DeviceType.CPU || LaneProgram.Of(program) is not { } training ? null
        : program.Initial.Flat.dtype == ScalarType.Float64 ? new LanesEngine<double>(program, training)
        : new LanesEngine<float>(program, training);

    /// <inheritdoc/>
    public abstract void Advance(TrainingState state, long steps, Action<long>? look = null);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>With numbers of one type.</summary>
internal sealed class LanesEngine<T> : LanesEngine
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LaneTensors tensors;
    private readonly LaneTrainer<T> trainer;

    public LanesEngine(Program program, LaneTraining training)
    {
        tensors = new LaneTensors(program, training);
        trainer = LaneTrainer<T>.Of(training, tensors.Data<T>(), [.. program.Wanted]);
    }

    /// <inheritdoc/>
    public override void Advance(TrainingState state, long steps, Action<long>? look = null)
    {
        trainer.Advance(LaneTensors.State<T>(state), tensors.Steps(state, steps), TorchRuntime.Threads(), look);
        state.Optimizer.Updates += steps;
        state.Count(steps);
    }

    /// <inheritdoc/>
    public override void Dispose() => trainer.Dispose();
}
