using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Spectra of hidden weights of linear networks under scalings with the width; see the declaration.</summary>
/// <remarks>
/// A factor of one layer may stand in another, or in the inputs, if the scales of the initial weights make up for it; then one learning
/// rate trains all layers (<see cref="WidthScaling"/>), and the hidden matrix is the one whose spectrum is asked for, with entries of
/// variance 1 / N.
/// </remarks>
internal sealed class SpectralScaling : IExperiment
{
    private const string MaximalUpdate = "mup", Tangent = "ntk", Standard = "standard";

    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("data", -1, "inputs, teacher and noise", "Inputs, the teacher's weights, and noise before its standard deviation."),
        SeededStream.Initial(),
    ];

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics { get; } =
    [
        LossMetrics.Loss, LossMetrics.RelativeLoss, .. SpikeMetrics.All, SpectrumMetrics.SingularValues, SpectrumMetrics.EffectiveRank,
        SpectrumMetrics.StableRank, SpectrumMetrics.WeightNorm,
    ];

    /// <inheritdoc/>
    public ExperimentDeclaration Declaration { get; }

    /// <summary>Declares it.</summary>
    public SpectralScaling() => Declaration = new ExperimentDeclaration(
        "spectral-scaling", 1,
        "Linear networks of two hidden layers, f = s w . h2, h2 = W2 h1 / width^(1/2), h1 = W1 x / inputs^(1/2), learn a linear teacher of "
        + "Gaussian inputs by gradient descent on the sum of squared errors over 2 train_examples. Weights begin as independent N(0, 1). "
        + "Under mup s = 1 / (richness width) and the learning rate is learning_rate richness^2 width; under ntk s = width^(-1/2) and the "
        + "rate is learning_rate; under standard weights begin with variance 1 / their inputs, without factors. What a width learns, how "
        + "the spectrum of W2 / width^(1/2) answers (a bulk, and outliers), and which learning rate is best depends on it "
        + "(Lauditi, Pehlevan and Bordelon 2026). singular_values, update_singular_values and weight_norm are of the weights as they are "
        + "trained: under mup and ntk those of W1, W2 and w over width^(1/2), so that W2 begins with singular values up to 2; under "
        + "standard of the weights themselves.",
        [
            Hyperparameter.Choice(
                "parameterisation", MaximalUpdate, [MaximalUpdate, Tangent, Standard],
                "How multipliers, initial weights and learning rates scale with the width: maximal update, neural "
                + "tangent kernel, or PyTorch's."),
            Hyperparameter.Integer("width", Binding.Static, 128, "Units of both hidden layers, N.") with { Minimum = 2, Maximum = 8192 },
            Hyperparameter.Integer("inputs", Binding.Static, 20, "Input dimension, D.") with { Minimum = 1, Maximum = 8192 },
            Hyperparameter.Integer(
                "outputs", Binding.Static, 1,
                "Outputs of network and teacher, of which each teaches a direction of its own.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("train_examples", Binding.Static, 40, "Training examples, P.") with { Minimum = 1 },
            Hyperparameter.Real("noise", Binding.Batched, 0, "Standard deviation of Gaussian noise on the targets.") with { Minimum = 0 },
            Hyperparameter.Real(
                "richness", Binding.Batched, 2,
                "gamma, of mup: how far features move while the target is learned. Without effect otherwise.") with { Minimum = 1e-6 },
            Hyperparameter.Integer("steps", Binding.Static, 150, "Steps of gradient descent.") with { Minimum = 0 },
            Hyperparameter.Real(
                "learning_rate", Binding.Batched, 0.1, "eta: the learning rate before it is scaled with the width.") with { Minimum = 0 },
            .. Streams.Seeds(),
            PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, static point => new(Mlp.LayoutOf(Widths(point)), Splits: 1)
        {
            Inputs = (int)point.Integer("inputs"), Outputs = (int)point.Integer("outputs"), Examples = (int)point.Integer("train_examples"),
        }))
    {
        Splits = ["train"],
        Constraints = [.. PartialSettings.Only(["richness"], "parameterisation", MaximalUpdate)],
        Engine = static _ => EngineKind.Lanes,
        BytesPerLane = static point => LaneMemory.OfParameters(Mlp.LayoutOf(Widths(point)), PrecisionSettings.Bytes(point))
            + sizeof(double) * 4 * point.Integer("train_examples")
                * (point.Integer("inputs") + 2 * point.Integer("width") + point.Integer("outputs")),
        OperationsPerStep = static point => 6.0 * point.Integer("train_examples") * Mlp.LayoutOf(Widths(point)).Size,
        DefaultMetrics = ["loss", "hidden_outlier", "ntk_sharpness"],
    };

    /// <inheritdoc/>
    public Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var model = new Mlp(Widths(point), leak: 1, law: InitialLaw.Normal);
        var (inputs, targets) = Data(pack);
        var scaled = Scaled(
            model, point.Choice("parameterisation"), pack.ExactColumn("richness"), pack.ExactColumn("learning_rate"),
            pack.DrawInitial(model.Layout), inputs, targets, pack.Type);
        return scaled with { Phases = [new Phase.Train(point.Integer("steps"))], Wanted = pack.Wanted };
    }

    /// <summary>The networks as they are trained.</summary>
    /// <param name="model">Of which shape.</param>
    /// <param name="parameterisation">By its name.</param>
    /// <param name="gamma">Richness, [K, 1].</param>
    /// <param name="eta">Learning rate before it is scaled, [K, 1].</param>
    /// <param name="weights">Initial weights of unit variance, [K, P].</param>
    /// <param name="inputs">[K, n, d].</param>
    /// <param name="targets">[K, n, o].</param>
    /// <param name="type">In which all is trained; what is given is in float64.</param>
    internal static Program Scaled(
        Mlp model, string parameterisation, Tensor gamma, Tensor eta, Tensor weights, Tensor inputs, Tensor targets, ScalarType type)
    {
        double width = model.Shape.Widths[1], dimension = model.Shape.Widths[0];
        var (first, factor, rate) = parameterisation switch
        {
            MaximalUpdate => (1 / Math.Sqrt(width), 1 / (gamma * Math.Sqrt(dimension)), eta * gamma.square()),
            Tangent => (1 / Math.Sqrt(width), ones_like(gamma) * Math.Sqrt(width / dimension), eta / width),
            _ => (1 / Math.Sqrt(dimension), ones_like(gamma), eta),
        };
        var size = model.Layout.Parameters[0].Size;
        var initial = cat([weights.narrow(1, 0, size) * first, weights.narrow(1, size, model.Layout.Size - size) / Math.Sqrt(width)], 1);
        var objective = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        // Half of the mean is descended.
        var rule = new TrainingRule(objective, new Sgd((rate / 2).to(type)));
        var data = new Split("train", (inputs * factor.unsqueeze(2)).to(type), targets.to(type));
        return new Program(model, new ParameterSet(model.Layout, initial.to(type)), rule, objective, [data], [])
        {
            Scaling = new WidthScaling(gamma.squeeze(1), rate.squeeze(1), ones_like(gamma)),
        };
    }

    private static (Tensor Inputs, Tensor Targets) Data(PackContext pack)
    {
        var point = pack.Statics;
        long examples = point.Integer("train_examples"), width = point.Integer("inputs"), outputs = point.Integer("outputs");
        var inputs = pack.Gaussian("data", RandomStreams.Data, 0, examples, width);
        var teacher = pack.Gaussian("data", RandomStreams.Teacher, 0, width, outputs);
        var noise = pack.Gaussian("data", RandomStreams.Noise, 0, examples, outputs);
        return (inputs, inputs.bmm(teacher) / Math.Sqrt(width) + noise * pack.ExactColumn("noise").unsqueeze(2));
    }

    private static ImmutableArray<int> Widths(Point point) =>
        [(int)point.Integer("inputs"), (int)point.Integer("width"), (int)point.Integer("width"), (int)point.Integer("outputs")];
}
