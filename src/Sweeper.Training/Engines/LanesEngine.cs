using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sweeper.Lanes.Networks;
using Sweeper.Training.Phases;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>
/// Sweeper's own arithmetic: one lane is one element of a vector register. A lane's bits depend on nothing but the lane, on any machine; so
/// lanes that nobody asks for are left as they are.
/// </summary>
internal abstract class LanesEngine : IEngine
{
    /// <summary>For a program that <see cref="LaneProgram"/> reads; null for others.</summary>
    public static LanesEngine? For(Program program) => LaneProgram.Of(program) is not { } training ? null
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
    private readonly Program program;
    private readonly int examples;
    private readonly LaneRows<T> inputs, targets;
    private readonly LaneTrainer<T> trainer;

    public unsafe LanesEngine(Program program, LaneTraining training)
    {
        this.program = program;
        var data = program.Splits[0];
        examples = (int)data.Inputs.shape[1];
        inputs = new LaneRows<T>(data.Inputs);
        targets = new LaneRows<T>(LaneProgram.Targets(training, LaneRows<T>.Shared(data.Targets), data.Inputs.dtype));
        trainer = LaneTrainer<T>.Of(training, LaneRows<T>.Data(inputs, targets, examples), [.. program.Wanted]);
    }

    /// <inheritdoc/>
    public override unsafe void Advance(TrainingState state, long steps, Action<long>? look = null)
    {
        var moments = new T*[state.Optimizer.Moments.Length];
        for (var place = 0; place < moments.Length; place++)
        {
            moments[place] = Pointer(state.Optimizer.Moments[place]);
        }

        var here = new LaneState<T>(Pointer(state.Parameters.Flat), moments, state.Mask is { } mask ? Pointer(mask) : null);
        var asked = new LaneSteps(steps, state.Clock, state.Optimizer.Updates, program.Rule!.RateFactor)
        {
            Orders = state.Orders(examples), Since = state.BatchesSince,
        };
        trainer.Advance(here, asked, TorchRuntime.Threads(), look);
        state.Optimizer.Updates += steps;
        state.Count(steps);
    }

    /// <inheritdoc/>
    public override void Dispose() => trainer.Dispose();

    private static unsafe T* Pointer(Tensor values) => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values.bytes));
}
