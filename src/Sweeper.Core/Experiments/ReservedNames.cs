namespace Sweeper.Core.Experiments;

/// <summary>Column names of the result files that no hyperparameter and no derived value may have: it would stand beside them.</summary>
public static class ReservedNames
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "trial_id", "curve_id", "seed", "state", "pack", "attempts", "worker", "wall_s", "diverged_step", "error",
        "step", "source", "metric", "split", "component", "index", "member", "value", "final", "argmin_step", "argmax_step",
        "n", "n_planned", "n_diverged", "mean", "std", "sem", "ci95_lo", "ci95_hi", "log_mean", "median", "q25", "q75", "min", "max",
    };

    /// <summary>Whether a name is taken.</summary>
    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Throws an <see cref="ExperimentFault"/> for an experiment whose author took such a name.</summary>
    public static void Check(ExperimentDeclaration experiment)
    {
        if (experiment.Hyperparameters.FirstOrDefault(declared => Contains(declared.Name)) is { } taken)
        {
            throw ExperimentFault.Of(experiment.Name, $"it declares a hyperparameter '{taken.Name}', which is a column of the results");
        }
    }
}
