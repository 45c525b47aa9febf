using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>
/// Lottery tickets (Frankle and Carbin 2019; Yunis et al. 2024, section 5.1) as hyperparameters, and from them, for any experiment with
/// <see cref="BranchingSettings"/>: masked networks are branches of their trunk that leave it where it is rewound to.
/// </summary>
internal static class MaskSettings
{
    private const string EarlyState = "rewind";

    /// <summary>No mask, by default.</summary>
    public static Hyperparameter[] Declared { get; } =
    [
        Hyperparameter.Choice(
            "mask", "none", ["none", "magnitude", "random", "both"],
            "Lottery tickets: after its last step a network goes back to rewind_step and trains from there once more, as before (member 0) "
            + "and beside it with most weights held at zero. magnitude keeps those that were largest at the end; random, as a control, "
            + "equally many of each matrix; both trains the two (members 1 and 2). Masked networks are branches: branch_order says whether "
            + "their order of the examples is their own. Steps go on counting: the second training is from steps "
            + "to 2 steps - rewind_step."),
        Hyperparameter.Real(
            "keep", Binding.Batched, 0.05,
            "Share of the weights of all matrices but the last (the head's) that a mask keeps; biases stay.") with
        {
            Minimum = 0, Maximum = 1,
        },
        Hyperparameter.Integer(
            "rewind_step", Binding.Static, 0,
            "Steps done in the state that masked networks begin from, with its optimizer; moments of masked weights are zero too.") with
        {
            Minimum = 0,
        },
        Stream.Seed,
    ];

    /// <summary>Seeds of random masks.</summary>
    public static SeededStream Stream => new("mask", -1, "random mask", "Which weights a random mask keeps.");

    /// <summary>A mask makes branches of its own.</summary>
    public static Constraint[] Constraints { get; } =
    [
        new(
            ["rewind_step", "steps"], "rewind_step must be at most steps",
            static point => point.Integer("rewind_step") <= point.Integer("steps")),
        new(
            ["mask", "branches", "split_step"],
            "mask goes without branches and split_step: masked networks are the branches, and leave at rewind_step",
            static point => !HasMasks(point) || (point.Integer("branches") == 1 && point.Integer("split_step") < 0)),
        new(
            ["rewind_step", "branch_order", "batch", "train_examples"],
            "with masks, and branch_order own, rewind_step must be the end of an epoch where batch does not divide train_examples",
            static point => !HasMasks(point) || !HasOwnOrder(point) || HasEqualBatches(point)),
    ];

    /// <summary>The last step, the second training included.</summary>
    public static long LastStep(Point point)
    {
        var steps = point.Integer("steps");
        return HasMasks(point) ? 2 * steps - point.Integer("rewind_step") : steps;
    }

    /// <summary>Whether a point's networks are masked; never those of an experiment without these hyperparameters.</summary>
    public static bool HasMasks(Point point) => point.Experiment.IndexOf("mask") >= 0 && point.Choice("mask") != "none";

    /// <summary>The networks of a trial with masks: of each trunk the unmasked one, then the masked ones.</summary>
    public static Branching Of(Point point) =>
        new((int)point.Integer("trunks"), point.Choice("mask") == "both" ? 3 : 2, point.Integer("rewind_step"));

    /// <summary>The phases of a pack with masks. Until then all branches of a trunk are equal, to the bit.</summary>
    public static ImmutableArray<Phase> Phases(PackContext pack)
    {
        var branching = Of(pack.Statics);
        var equal = branching.Fork();
        return
        [
            new Phase.Train(branching.Split), equal, new Phase.Keep(EarlyState),
            new Phase.Train(pack.Statics.Integer("steps")), equal, new Phase.Edit(Mask(pack, branching)), new Phase.Rewind(EarlyState),
            new Phase.Fork([.. Enumerable.Range(0, branching.Members)], Orders(pack, branching)), new Phase.Train(LastStep(pack.Statics)),
        ];
    }

    private static MagnitudeMask Mask(PackContext pack, Branching branching)
    {
        var random = pack.Statics.Choice("mask") == "magnitude" ? -1 : branching.Branches - 1;
        int[] branches = [.. pack.Members.Select(branching.BranchOf)];
        return new MagnitudeMask([.. pack.Reals("keep").Zip(branches, static (keep, branch) => branch == 0 ? 1 : keep)])
        {
            Shuffles = [.. branches.Zip(pack.Seeds(Stream.Name), (branch, seed) => branch == random ? seed : (long?)null)],
        };
    }

    /// <summary>Masked networks begin orders of their own, the unmasked one goes on with the trunk's; null where all do.</summary>
    private static Batches? Orders(PackContext pack, Branching branching)
    {
        if (!HasOwnOrder(pack.Statics))
        {
            return null;
        }

        bool[] isMasked = [.. pack.Members.Select(member => branching.BranchOf(member) > 0)];
        var trunks = BranchingSettings.TrunkSeeds(pack, BatchSettings.Order.Name);
        return BatchSettings.Build(
            pack, [.. BranchingSettings.BranchSeeds(pack).Select((seed, lane) => isMasked[lane] ? seed : trunks[lane])],
            Array.ConvertAll(isMasked, masked => masked ? 0 : branching.Split));
    }

    private static bool HasOwnOrder(Point point) => point.Choice("branch_order") == "own";

    private static bool HasEqualBatches(Point point)
    {
        long examples = point.Integer("train_examples"), batch = BatchSettings.ExamplesOfStep(point);
        return examples % batch == 0 || point.Integer("rewind_step") % ((examples + batch - 1) / batch) == 0;
    }
}
