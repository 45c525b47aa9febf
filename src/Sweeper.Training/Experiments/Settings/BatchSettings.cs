using Sweeper.Core.Experiments;
using Sweeper.Training.Data;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>Mini-batches as hyperparameters, and from them. Their order is drawn from the stream `order`.</summary>
internal static class BatchSettings
{
    /// <summary>Examples of a batch.</summary>
    public static Hyperparameter Size(long standard) => Hyperparameter.Integer(
        "batch", Binding.Static, standard,
        "Training examples that a step sees: every epoch goes through all of them in a new random order; 0 for all "
        + "of them at every step.") with { Minimum = 0, Maximum = 1 << 20 };

    /// <summary>Its random stream.</summary>
    public static SeededStream Order { get; } = new(
        "order", -1, "order of the examples", "The order of the training examples in every epoch.");

    /// <summary>A batch has different examples.</summary>
    public static Constraint Constraint { get; } = new(
        ["batch", "train_examples"], "batch must be at most train_examples",
        static point => point.Integer("batch") <= point.Integer("train_examples"))
    {
        Remedy = "lower batch, or raise train_examples",
    };

    /// <summary>
    /// All examples at once have no order. Experiments that are older than this rule go without it: their sweeps stay what they are.
    /// </summary>
    public static IEnumerable<Constraint> IdleOrder { get; } = PartialSettings.Only(
        [Order.Seed.Name], "batch", "mini-batches", static point => point.Integer("batch") > 0);

    /// <summary>Training examples that one step sees.</summary>
    public static long ExamplesOfStep(Point point) => point.Integer("batch") is > 0 and var size ? size : point.Integer("train_examples");

    /// <summary>The batches of a pack, or null where every step sees all examples.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="seeds">Per lane, where they are not those of the stream.</param>
    /// <param name="ahead">Per lane, the steps of its order that were done before; none where it is null.</param>
    public static Batches? Build(PackContext pack, long[]? seeds = null, long[]? ahead = null) =>
        pack.Statics.Integer("batch") is > 0 and var size ? new Batches((int)size, seeds ?? pack.Seeds(Order.Name), ahead) : null;
}
