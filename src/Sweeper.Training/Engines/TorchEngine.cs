using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>Batched tensors of libtorch: any model, any device. Full batch.</summary>
internal sealed class TorchEngine : IEngine
{
    /// <summary>Not promised by libtorch: it may choose matrix kernels by shape and cut sums by threads.</summary>
    public bool PackInvariant => false;

    /// <inheritdoc/>
    public void Advance(Program program, TrainingState state, long steps)
    {
        for (var i = 0L; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            var gradient = program.Model.Gradient(state.Parameters, program.Splits[0], program.Objective);
            state.Optimizer.Updates++;
            program.Optimizer.Update(state.Parameters.Flat, gradient, state.Optimizer, program.RateFactor(state.Step));
            state.Step++;
        }
    }
}
