using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Engines;

/// <summary>
/// Which engine trains a pack. Experiments declare it for each point, so that a plan can say it and a journal freeze it; work that may not
/// be trained by lanes (a folder that was begun with torch, another device) says so itself.
/// </summary>
internal static class EngineRule
{
    /// <summary>
    /// The engine. Throws <see cref="SweepException"/> where an experiment declares one that cannot train its program, or the fused kernels
    /// are asked for and cannot.
    /// </summary>
    public static IEngine Of(Program program, PackWork work) =>
        work.Engine == EngineKind.Torch || work.Experiment.Engine(work.Statics) == EngineKind.Torch ? new TorchEngine(program)
        : work.Engine == EngineKind.Fused ? FusedEngine.On(program, program.Initial.Flat.device)
        : LanesEngine.For(program) ?? throw Foreign(program, work);

    private static SweepException Foreign(Program program, PackWork work) => ExperimentFault.At(
        nameof(ExperimentDeclaration.Engine),
        new InvalidOperationException(
            $"the lanes engine trains perceptrons with squared error, cross-entropy or logistic loss, by Sgd or Adam; this program has "
            + $"{program.Model.GetType().Name}, {program.Rule?.Objective.GetType().Name}, "
            + $"{program.Rule?.Optimizer.GetType().Name}. Declare the engine Torch."),
        program.Model.GetType(), work.Statics);
}
