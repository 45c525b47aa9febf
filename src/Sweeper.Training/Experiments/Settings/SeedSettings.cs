using Sweeper.Core.Experiments;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>Seeds of random streams as hyperparameters.</summary>
internal static class SeedSettings
{
    /// <summary>The seed `stream_seed` of a stream.</summary>
    public static Hyperparameter Of(string stream, long standard, string what) => Hyperparameter.Integer(
        $"{stream}_seed", Binding.Batched, standard, $"Fixed seed of the {what}; -1 follows the trial's seed.") with { Minimum = -1 };
}
