using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Optimizers;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>The learning rate's way through training as hyperparameters, and from them.</summary>
internal static class RateSettings
{
    /// <summary>Warm-up, drops, decay; none of them by default.</summary>
    public static Hyperparameter[] Declared { get; } =
    [
        Hyperparameter.Integer(
            "warmup_steps", Binding.Static, 0, "Steps over which the learning rate rises from 0 in a straight line.") with { Minimum = 0 },
        Hyperparameter.Vector(
            "rate_drops", Binding.Static, [],
            "Steps from which on the learning rate is multiplied by rate_drop_factor (once more at each of them).") with { Minimum = 0 },
        Hyperparameter.Real("rate_drop_factor", Binding.Static, 0.1, "See rate_drops.") with { Minimum = 0, Maximum = 1 },
        Hyperparameter.Choice(
            "rate_decay", "none", ["none", "cosine"],
            "Whether the learning rate also falls to 0 along half a cosine, from the end of the warm-up to the last step."),
    ];

    /// <summary>A drop that never comes is a mistake.</summary>
    public static Constraint Constraint { get; } = new(
        ["rate_drops", "steps"], "rate_drops must not go beyond steps",
        static point => point.Vector("rate_drops").All(drop => drop <= point.Integer("steps")))
    {
        Remedy = "leave out the later drops, or raise steps",
    };

    /// <summary>Without drops there is nothing to multiply by. Older experiments go without this rule.</summary>
    public static IEnumerable<Constraint> IdleFactor { get; } = PartialSettings.Only(
        ["rate_drop_factor"], "rate_drops", "rate_drops", static point => !point.Vector("rate_drops").IsEmpty);

    /// <summary>What the learning rate is multiplied by at the step after so many.</summary>
    public static Func<long, double> Factor(Point point)
    {
        long warmup = point.Integer("warmup_steps"), last = point.Integer("steps");
        ImmutableArray<long> drops = [.. point.Vector("rate_drops").Select(drop => (long)drop)];
        var (factor, isCosine) = (point.Real("rate_drop_factor"), point.Choice("rate_decay") == "cosine");
        return step => LearningRateSchedule.LinearWarmup(step, warmup)
            * LearningRateSchedule.Multistep(step, drops, factor)
            * (isCosine && step > warmup ? LearningRateSchedule.Cosine(step - warmup, last - warmup) : 1);
    }
}
