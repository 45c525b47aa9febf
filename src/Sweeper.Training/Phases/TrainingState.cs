using Sweeper.Training.Models;
using Sweeper.Training.Optimizers;
using static TorchSharp.torch;

namespace Sweeper.Training.Phases;

/// <summary>All that changes while a program runs: with the position in its phases, a checkpoint.</summary>
/// <param name="Parameters">[K, P], changed in place.</param>
/// <param name="Optimizer">Its moments, changed in place.</param>
internal sealed record TrainingState(ParameterSet Parameters, OptimizerState Optimizer)
{
    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    /// <summary>A program's state before its first step.</summary>
    public static TrainingState Start(Program program)
    {
        var parameters = new ParameterSet(program.Model.Layout, program.Initial.Flat.clone());
        return new TrainingState(parameters, OptimizerState.Start(program.Optimizer, parameters.Flat));
    }

    /// <summary>Sets dead lanes ([K, 1], boolean) to zero, by selection: zero times infinity is not zero.</summary>
    public void Bury(Tensor dead)
    {
        foreach (var values in Optimizer.Moments.Prepend(Parameters.Flat))
        {
            values.masked_fill_(dead, 0);
        }
    }
}
