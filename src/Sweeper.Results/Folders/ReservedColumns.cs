using Sweeper.Core.Experiments;

namespace Sweeper.Results.Folders;

/// <summary>Column names of the result files that no hyperparameter may have: it would stand beside them.</summary>
internal static class ReservedColumns
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "trial_id", "curve_id", "seed", "state", "pack", "attempts", "worker", "wall_s", "diverged_step", "error",
        "step", "source", "metric", "split", "component", "index", "member", "value", "final", "argmin_step", "argmax_step",
        "n", "n_planned", "n_diverged", "mean", "std", "sem", "ci95_lo", "ci95_hi", "log_mean", "median", "q25", "q75", "min", "max",
    };

    /// <summary>Throws an <see cref="ExperimentFault"/> for an experiment whose author took such a name.</summary>
    public static void Check(ExperimentDeclaration experiment)
    {
        if (experiment.Hyperparameters.FirstOrDefault(declared => Names.Contains(declared.Name)) is { } taken)
        {
            throw ExperimentFault.Of(experiment.Name, $"it declares a hyperparameter '{taken.Name}', which is a column of the results");
        }
    }
}
