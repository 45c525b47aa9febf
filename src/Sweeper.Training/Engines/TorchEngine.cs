using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>
/// Batched tensors of libtorch: any model, any device. A lane's bits may depend on the number of lanes: matrix kernels are chosen by shape,
/// and sums cut by threads.
/// </summary>
internal sealed class TorchEngine(Program program) : IEngine
{
    private const int StepsBetweenLooks = 8;

    /// <inheritdoc/>
    public void Advance(TrainingState state, long steps, Action<long>? look = null)
    {
        var rule = program.Rule ?? throw new InvalidOperationException("this program has no training rule");
        for (var i = 0L; i < steps; i++)
        {
            if (i % StepsBetweenLooks == 0)
            {
                look?.Invoke(i);
            }

            using var scope = NewDisposeScope();
            var gradient = program.Model.Gradient(state.Parameters, state.Batch(program.Splits[0]), rule.Objective);
            if (state.Mask is { } mask)
            {
                gradient.mul_(mask);
            }

            state.Optimizer.Updates++;
            rule.Optimizer.Update(state.Parameters.Trained, gradient, state.Optimizer, rule.RateFactor(state.Clock));
            state.Count(1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
