using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>
/// Trunks and branches as hyperparameters, and from them, for any experiment whose batches are <see cref="BatchSettings"/>.
/// </summary>
internal static class BranchingSettings
{
    /// <summary>One network that never parts, by default.</summary>
    public static Hyperparameter[] Declared { get; } =
    [
        Hyperparameter.Integer(
            "trunks", Binding.Static, 1,
            "Networks of a trial that begin apart: trunk t adds t to the seeds of init and order.") with { Minimum = 1, Maximum = 64 },
        Hyperparameter.Integer(
            "branches", Binding.Static, 1, "Copies into which every trunk parts at split_step.") with { Minimum = 1, Maximum = 64 },
        Hyperparameter.Integer(
            "split_step", Binding.Static, -1,
            "Steps done before branches leave their trunk, with its optimizer state; -1 for never. A list of them is an axis: every value "
            + "trains trunks of its own.") with { Minimum = -1 },
        Hyperparameter.Choice(
            "branch_order", "own", ["own", "trunk"],
            "Whether every branch begins an order of the examples of its own at the split, or goes on with its trunk's."),
        Hyperparameter.Real(
            "perturbation", Binding.Batched, 0,
            "Eta: at the split every matrix but the last (the head's) is moved in a random direction by eta "
            + "times its Frobenius norm.") with { Minimum = 0 },
        Hyperparameter.Flag(
            "perturbation_keeps_norm", true, "Whether the norm is restored after the perturbation, so that only the direction changes."),
        Hyperparameter.Flag(
            "perturbation_shared", false, "Whether all branches are moved in the direction of the first, so that they begin at one point."),
        Hyperparameter.Integer(
            "first_branch_seed", Binding.Batched, 101,
            "Branch b of every trunk has the seed first_branch_seed + b, for its order and its perturbation; "
            + "-1: the trial's seed + b.") with { Minimum = -1 },
    ];

    /// <summary>Seeds of branches.</summary>
    public static StreamDeclaration Stream { get; } = new(
        "branch", "first_branch_seed", "Order of the examples and direction of the perturbation of each branch.");

    /// <summary>The networks of a trial: those of <see cref="MaskSettings"/> where a point asks for masks.</summary>
    public static Branching Of(Point point) => MaskSettings.HasMasks(point)
        ? MaskSettings.Of(point)
        : new((int)point.Integer("trunks"), (int)point.Integer("branches"), point.Integer("split_step"));

    /// <summary>A split that never comes parts nothing and perturbs nothing.</summary>
    public static Constraint[] Constraints { get; } =
    [
        new(
            ["split_step", "steps"], "split_step must be at most steps",
            static point => point.Integer("split_step") <= point.Integer("steps")),
        new(
            ["branches", "split_step"], "more than one of branches needs a split_step",
            static point => point.Integer("branches") == 1 || point.Integer("split_step") >= 0),
        new(
            ["perturbation", "split_step"], "perturbation needs a split_step",
            static point => point.Real("perturbation") == 0 || point.Integer("split_step") >= 0),
    ];

    /// <summary>A stream's seed per lane, another one for every trunk.</summary>
    public static long[] TrunkSeeds(PackContext pack, string stream) =>
        [.. pack.Seeds(stream).Zip(pack.Members, (seed, member) => seed + Of(pack.Statics).TrunkOf(member))];

    /// <summary>The seed of its branch, per lane.</summary>
    public static long[] BranchSeeds(PackContext pack) =>
        [.. pack.Seeds(Stream.Name).Zip(pack.Members, (seed, member) => seed + Of(pack.Statics).BranchOf(member))];

    /// <summary>The phases of a pack.</summary>
    public static ImmutableArray<Phase> Phases(PackContext pack)
    {
        if (MaskSettings.HasMasks(pack.Statics))
        {
            return MaskSettings.Phases(pack);
        }

        var (point, branching) = (pack.Statics, Of(pack.Statics));
        var (first, seeds) = (pack.Seeds(Stream.Name), BranchSeeds(pack));
        var orders = point.Choice("branch_order") == "own" ? BatchSettings.Build(pack, seeds) : null;
        var eta = pack.Reals("perturbation");
        var change = Array.TrueForAll(eta, value => value == 0)
            ? null
            : new Perturb(eta, point.Flag("perturbation_shared") ? first : seeds, point.Flag("perturbation_keeps_norm"), SparesHead: true);
        return branching.Phases(point.Integer("steps"), orders, change);
    }
}
