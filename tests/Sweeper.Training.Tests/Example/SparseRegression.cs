using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>ReLU networks learn a target that few of their inputs decide; see the declaration.</summary>
internal sealed class SparseRegression : IExperiment
{
    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("data", -1, "inputs", "Training and validation inputs."),
        new("noise", -1, "target noise", "Noise on the training targets, before its standard deviation."),
        new("init", -1, "initial weights and biases", "Initial weights and biases, before their scale."),
        BatchSettings.Order,
    ];

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics { get; } =
        [LossMetrics.Loss, LossMetrics.RelativeLoss, SpectrumMetrics.WeightNorm, InputMetrics.UsedInputs];

    /// <inheritdoc/>
    public ExperimentDeclaration Declaration { get; }

    /// <summary>Declares it: no tensor is made here.</summary>
    public SparseRegression() => Declaration = new ExperimentDeclaration(
        "sparse-regression", 1,
        "A ReLU network with biases and one hidden layer learns the sum of the absolute values of a few of its Gaussian inputs, divided by "
        + "the root of their number. Does it find them? Every seed draws its own data and network; validation targets carry no noise.",
        [
            Hyperparameter.Integer("inputs", Binding.Static, 16, "Input dimension.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer(
                "relevant", Binding.Static, 2, "Inputs that the target depends on: the first ones.") with { Minimum = 1 },
            Hyperparameter.Integer("width", Binding.Static, 32, "Hidden units.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("train_examples", Binding.Static, 128, "Training examples.") with { Minimum = 1 },
            Hyperparameter.Integer("validation_examples", Binding.Static, 512, "Validation examples.") with { Minimum = 1 },
            Hyperparameter.Real(
                "noise", Binding.Batched, 0, "Standard deviation of Gaussian noise on the training targets.") with { Minimum = 0 },
            Hyperparameter.Real(
                "init_scale", Binding.Batched, 1, "Multiplies the initial weights and biases, which are PyTorch's.") with { Minimum = 0 },
            Hyperparameter.Integer("steps", Binding.Static, 2000, "Optimizer steps.") with { Minimum = 0 },
            BatchSettings.Size(0),
            OptimizerSettings.Family("gd"),
            .. OptimizerSettings.Numbers(learningRate: 0.05),
            .. Streams.Seeds(), PrecisionSettings.Declared(),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, static point => new(Mlp.LayoutOf(Widths(point), hasBias: true), Splits: 2)))
    {
        Constraints =
        [
            new(
                ["relevant", "inputs"], "relevant must be at most inputs",
                static point => point.Integer("relevant") <= point.Integer("inputs")),
            BatchSettings.Constraint,
        ],
        BytesPerLane = Bytes,
        DefaultMetrics = ["loss", "relative_loss"],
    };

    /// <inheritdoc/>
    public Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var model = new Mlp(Widths(point), leak: 0, hasBias: true, law: InitialLaw.TorchDefault);
        var initial = pack.Draw(pack.Seeds("init"), model.Layout.Initialise, model.Layout.Size) * pack.ExactColumn("init_scale");
        var objective = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        return new Program(
            model, new ParameterSet(model.Layout, initial.to(pack.Type)),
            new TrainingRule(objective, OptimizerSettings.Build(pack, model.Layout)) { Batches = BatchSettings.Build(pack) },
            objective, [Training(pack), Validation(pack)], [new Phase.Train(point.Integer("steps"))]);
    }

    private static Split Training(PackContext pack)
    {
        var inputs = Inputs(pack, part: 0, pack.Statics.Integer("train_examples"));
        var noise = pack.Draw(
            pack.Seeds("noise"), seed => RandomStreams.Noise(seed, 0).NextGaussian((int)inputs.shape[1]), inputs.shape[1], 1);
        var targets = Targets(pack, inputs) + noise * pack.ExactColumn("noise").unsqueeze(2);
        return new Split("train", inputs.to(pack.Type), targets.to(pack.Type));
    }

    private static Split Validation(PackContext pack)
    {
        var inputs = Inputs(pack, part: 1, pack.Statics.Integer("validation_examples"));
        return new Split("validation", inputs.to(pack.Type), Targets(pack, inputs).to(pack.Type));
    }

    /// <summary>[K, n, d], float64: drawn on the host, so that they are the same for every device and type.</summary>
    private static Tensor Inputs(PackContext pack, int part, long examples)
    {
        var width = pack.Statics.Integer("inputs");
        return pack.Draw(pack.Seeds("data"), seed => RandomStreams.Data(seed, part).NextGaussian((int)(examples * width)), examples, width);
    }

    /// <summary>[K, n, d] -> [K, n, 1].</summary>
    private static Tensor Targets(PackContext pack, Tensor inputs)
    {
        var relevant = pack.Statics.Integer("relevant");
        return inputs.narrow(2, 0, relevant).abs().sum(2, keepdim: true) / Math.Sqrt(relevant);
    }

    private static ImmutableArray<int> Widths(Point point) => [(int)point.Integer("inputs"), (int)point.Integer("width"), 1];

    /// <summary>
    /// Drawn data in float64 and as they are trained on; activations, slopes and errors; parameters, their gradients and moments.
    /// </summary>
    private static long Bytes(Point point)
    {
        long examples = point.Integer("train_examples") + point.Integer("validation_examples"),
            inputs = point.Integer("inputs"), width = point.Integer("width");
        return sizeof(double) * (2 * examples * (inputs + 1) + 3 * examples * (width + 1) + 6 * width * (inputs + 2));
    }
}
