using Sweeper.Core.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Optimizers;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>The optimizer as hyperparameters, and from them.</summary>
internal static class OptimizerSettings
{
    /// <summary>Which one.</summary>
    public static Hyperparameter Family(string standard) => Hyperparameter.Choice(
        "optimizer", standard, ["gd", "sgd", "adam", "adamw"],
        "Gradient descent; with momentum (sgd); Adam; Adam with decoupled weight decay.");

    /// <summary>Its numbers, with their defaults.</summary>
    public static Hyperparameter[] Numbers(double learningRate, double beta2 = 0.999, double weightDecay = 0) =>
    [
        Hyperparameter.Real("learning_rate", Binding.Batched, learningRate, "Learning rate.") with { Minimum = 0 },
        Hyperparameter.Real("momentum", Binding.Batched, 0.9, "Momentum of sgd.") with { Minimum = 0, Maximum = 1 },
        Hyperparameter.Real("beta1", Binding.Static, 0.9, "Decay of Adam's first moment.") with { Minimum = 0, Maximum = 0.999999 },
        Hyperparameter.Real("beta2", Binding.Static, beta2, "Decay of Adam's second moment.") with { Minimum = 0, Maximum = 0.999999999 },
        Hyperparameter.Real("adam_eps", Binding.Static, 1e-8, "Added to the root of Adam's second moment.") with { Minimum = 0 },
        Hyperparameter.Real(
            "weight_decay", Binding.Batched, weightDecay,
            "Weight decay: added to the gradient, except for adamw, which shrinks the weights by "
            + "learning rate times it.") with { Minimum = 0 },
    ];

    /// <summary>
    /// Numbers of other optimizers. Experiments that are older than this rule go without it: their sweeps stay what they are.
    /// </summary>
    public static IEnumerable<Constraint> IdleNumbers { get; } =
    [
        .. PartialSettings.Only(["momentum"], "optimizer", "sgd"),
        .. PartialSettings.Only(["beta1", "beta2", "adam_eps"], "optimizer", "adam", "adamw"),
    ];

    /// <summary>The optimizer of a pack.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="layout">Of the networks: which parameters decay.</param>
    public static IOptimizer Build(PackContext pack, ParameterLayout layout)
    {
        var point = pack.Statics;
        var (rate, decay) = (pack.Column("learning_rate"), WeightDecay.Of(pack.ColumnUnlessZero("weight_decay"), layout));
        return point.Choice("optimizer") switch
        {
            "gd" => new Sgd(rate, decay),
            "sgd" => new Sgd(rate, decay, pack.Column("momentum")),
            var adam => new Adam(rate, decay, adam == "adamw", point.Real("beta1"), point.Real("beta2"), point.Real("adam_eps")),
        };
    }
}
