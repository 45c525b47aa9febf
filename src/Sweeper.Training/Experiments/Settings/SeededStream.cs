using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>A random stream and the hyperparameter `NAME_seed` that seeds it.</summary>
/// <param name="Name">Of the stream: teacher, data, noise, init, order.</param>
/// <param name="Standard">The default of its seed; -1 follows the trial's.</param>
/// <param name="What">What its seed is of, as in `Fixed seed of the inputs`.</param>
/// <param name="Drawn">All that is drawn from it, as a sentence.</param>
internal sealed record SeededStream(string Name, long Standard, string What, string Drawn)
{
    /// <summary>Of initial weights.</summary>
    /// <param name="what">What its seed is of.</param>
    /// <param name="drawn">What is drawn from it, as a sentence.</param>
    public static SeededStream Initial(string what = "initial weights", string drawn = "Initial weights, before their scale.") =>
        new("init", -1, what, drawn);

    /// <summary>Of noise on what is learned.</summary>
    /// <param name="standard">The default of its seed.</param>
    /// <param name="more">What else is drawn from it, after a semicolon.</param>
    public static SeededStream TargetNoise(long standard = -1, string more = "") =>
        new("noise", standard, "target noise", $"Noise on the training targets, before its standard deviation{more}.");

    /// <summary>Its seed.</summary>
    public Hyperparameter Seed => Hyperparameter.Integer(
        $"{Name}_seed", Binding.Batched, Standard, $"Fixed seed of the {What}; -1 follows the trial's seed.") with { Minimum = -1 };

    /// <summary>The stream.</summary>
    public StreamDeclaration Declared => new(Name, Seed.Name, Drawn);
}

/// <summary>What an experiment declares of its streams.</summary>
internal static class SeededStreams
{
    /// <summary>Their seeds, as hyperparameters.</summary>
    public static ImmutableArray<Hyperparameter> Seeds(this ImmutableArray<SeededStream> streams) =>
        [.. streams.Select(stream => stream.Seed)];

    /// <summary>The streams.</summary>
    public static ImmutableArray<StreamDeclaration> Declared(this ImmutableArray<SeededStream> streams) =>
        [.. streams.Select(stream => stream.Declared)];
}
