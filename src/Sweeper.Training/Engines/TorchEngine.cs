using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>Batched tensors of libtorch: any model, any device.</summary>
internal sealed class TorchEngine : IEngine
{
    /// <summary>Not promised by libtorch: it may choose matrix kernels by shape and cut sums by threads.</summary>
    public bool PackInvariant => false;

    /// <inheritdoc/>
    public void Advance(Program program, TrainingState state, long steps)
    {
        var rule = program.Rule ?? throw new InvalidOperationException("this program has no training rule");
        for (var i = 0L; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            var gradient = program.Model.Gradient(state.Parameters, state.Batch(program.Splits[0]), rule.Objective);
            if (state.Mask is { } mask)
            {
                gradient.mul_(mask);
            }

            state.Optimizer.Updates++;
            rule.Optimizer.Update(state.Parameters.Trained, gradient, state.Optimizer, rule.RateFactor(state.Clock));
            state.CountStep();
        }
    }
}
