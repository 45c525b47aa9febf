using Sweeper.Lanes.Networks;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>The tensors of a program as the memory that trainers of lanes read and write, wherever that is.</summary>
internal sealed class LaneTensors
{
    private readonly Program program;
    private readonly int count;
    private readonly LaneRows inputs, targets;

    /// <param name="program">One that <see cref="LaneProgram"/> reads.</param>
    /// <param name="training">What it reads.</param>
    public LaneTensors(Program program, LaneTraining training)
    {
        this.program = program;
        var data = program.Splits[0];
        count = (int)data.Inputs.shape[1];
        inputs = new LaneRows(data.Inputs);
        targets = new LaneRows(LaneProgram.Targets(training, LaneRows.Shared(data.Targets), data.Inputs.dtype));
    }

    /// <summary>What networks learn from.</summary>
    public LaneData<T> Data<T>()
        where T : unmanaged => LaneRows.Data<T>(inputs, targets, count);

    /// <summary>What training changes.</summary>
    public static unsafe LaneState<T> State<T>(TrainingState state)
        where T : unmanaged
    {
        var moments = new T*[state.Optimizer.Moments.Length];
        for (var place = 0; place < moments.Length; place++)
        {
            moments[place] = Pointer<T>(state.Optimizer.Moments[place]);
        }

        return new LaneState<T>(Pointer<T>(state.Parameters.Flat), moments, state.Mask is { } mask ? Pointer<T>(mask) : null);
    }

    /// <summary>The next steps of a state.</summary>
    public LaneSteps Steps(TrainingState state, long steps) => new(steps, state.Clock, state.Optimizer.Updates, program.Rule!.RateFactor)
    {
        Orders = state.Orders(count), Since = state.BatchesSince,
    };

    private static unsafe T* Pointer<T>(Tensor values)
        where T : unmanaged => values.is_contiguous() ? TensorMemory.First<T>(values)
        : throw new ArgumentException("its numbers do not lie one after the other", nameof(values));
}
