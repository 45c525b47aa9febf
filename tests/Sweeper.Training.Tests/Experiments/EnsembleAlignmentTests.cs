using Sweeper.Core.Packing;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Three networks learn noisy copies of one data set.</summary>
public sealed class EnsembleAlignmentTests : TensorTest
{
    [Theory]
    [InlineData("labels", true, false)]
    [InlineData("inputs", false, true)]
    [InlineData("fresh", false, false)]
    public void Networks_share_what_is_not_perturbed(string perturb, bool sharesInputs, bool sharesTargets)
    {
        var (inputs, targets) = Training($"perturb: {perturb}");
        for (var other = 1; other < 3; other++)
        {
            Assert.Equal(sharesInputs, inputs[0].equal(inputs[other]).all().item<bool>());
            Assert.Equal(sharesTargets, targets[0].equal(targets[other]).all().item<bool>());
        }
    }

    [Fact]
    public void Noise_has_the_variance_of_the_ratio()
    {
        // The same seeds without noise, but for one in a million millions. Of 3 * 40 * 2000 numbers the variance is known to .3 %.
        const string many = "train_examples: 2000, validation_examples: 80, networks: 3, width: 1";
        var (clean, _) = Training($"{many}, perturb: inputs, snr: 1e12");
        var (noisy, _) = Training($"{many}, perturb: inputs, snr: 0.25");
        Assert.Equal(4, (noisy - clean).square().mean().Number(), 0.05);
        var (_, answers) = Training($"{many}, outputs: 40, snr: 1e12");
        var (_, noisyAnswers) = Training($"{many}, outputs: 40, snr: 0.25");
        Assert.Equal(4, (noisyAnswers - answers).square().mean().Number(), 0.05);
        // A teacher of norm 1 answers to white inputs with variance 1.
        Assert.Equal(1, answers.square().mean().Number(), 0.05);
    }

    [Fact]
    public void Of_classes_a_share_is_drawn_anew()
    {
        // At a ratio of 3 a quarter; of four classes one in four comes out as it was. 3 * 4000 labels: within three standard errors of .0036.
        const string classes = "task: classification, outputs: 4, train_examples: 4000";
        var (_, clean) = Training($"{classes}, snr: 1e12");
        var (_, noisy) = Training($"{classes}, snr: 3");
        Assert.Equal(0.25 * 0.75, clean.ne(noisy).to(ScalarType.Float64).mean().Number(), 0.011);
    }

    [Fact]
    public void The_smallest_fit_explains_fewer_examples_than_inputs_and_shares_itself_between_the_layers()
    {
        var program = Build("outputs: 3, train_examples: 20, width: 5, init: min-norm, steps: 0, dtype: float64");
        var (first, second) = (program.Initial["W1"], program.Initial["W2"]);
        var map = second.matmul(first);
        var train = program.Splits[0];
        Assert.True((train.Inputs.matmul(map.mT) - train.Targets).abs().max().Number() < 1e-10);
        // Nothing of it is where there are no inputs: least squares by another road, the normal equations of the examples.
        var expected = train.Inputs.mT.matmul(linalg.solve(train.Inputs.matmul(train.Inputs.mT), train.Targets)).mT;
        Assert.True((map - expected).abs().max().Number() < 1e-9);
        var kernel = first.mT.matmul(first);
        Assert.True((kernel.matmul(kernel) - map.mT.matmul(map)).abs().max().Number() < 1e-10);
    }

    [Fact]
    public void Cosines_of_independent_inputs_are_those_of_the_theory()
    {
        // n / d = 1/2, signal 1/2 and noise 20 / (2 * 19): (1/2)^2 / (1/2 + .526) = .2436; as many pairs of as many data sets scatter by .015.
        var measured = Run("perturb: fresh, train_examples: 20, snr: 2, init: min-norm, steps: 0, width: 1", seeds: 64);
        Assert.Equal(0.2436, Enumerable.Range(0, 64).Average(trial => measured.Of("function_cosine", 0, trial, "validation", "different trunks")[0]), 0.06);
    }

    [Fact]
    public void Kernel_alignment_is_that_of_the_kernels_of_all_examples()
    {
        var program = Build("outputs: 3, leak: 0, width: 4, init_scale: 1, validation_examples: 1100, dtype: float64, train_examples: 5");
        var snapshot = new NetworkSnapshot(program, program.Initial, new PackConstants(Scope));
        var inputs = program.Splits[1].Inputs;
        var hidden = inputs.matmul(program.Initial["W1"].mT).clamp(min: 0);
        // H K H with H = 1 - 11^T / n takes the means of rows and columns away.
        var centre = eye(1100, dtype: ScalarType.Float64) - 1.0 / 1100;
        var kernels = hidden.matmul(hidden.mT);
        var centred = centre.matmul(kernels).matmul(centre);
        Assert.Equal(Cosine(centred[0], centred[2]), Value(RepresentationMetrics.HiddenCka), 1e-12);
        Assert.Equal(Cosine(kernels[0], kernels[2]), Value(RepresentationMetrics.HiddenCkaUncentred), 1e-12);
        var outputs = hidden.matmul(program.Initial["W2"].mT);
        Assert.Equal(Cosine(outputs[0], outputs[2]), Value(RepresentationMetrics.FunctionCosine), 1e-12);
        Assert.Equal(
            Cosine(outputs[1], program.Splits[1].Targets[1]),
            RepresentationMetrics.TargetCosine.Measure(snapshot).Single(values => values.Split == "validation").Values.Numbers()[1], 1e-12);

        double Value(Metric metric) => metric.Measure(snapshot).Single(values => values.Component == "0-2").Values.Numbers()[0];

        static double Cosine(Tensor a, Tensor b) => (a * b).sum().Number() / Math.Sqrt(a.square().sum().Number() * b.square().sum().Number());
    }

    [Fact]
    public void Validation_inputs_are_white_and_have_no_mean()
    {
        var inputs = Build("dtype: float64, validation_examples: 100").Splits[1].Inputs[0];
        Assert.True((inputs.mT.matmul(inputs) / 100 - eye(40, dtype: ScalarType.Float64)).abs().max().Number() < 1e-12);
        Assert.True(inputs.sum(0).abs().max().Number() < 1e-12);
    }

    private static (Tensor Inputs, Tensor Targets) Training(string settings) =>
        Build(settings + ", dtype: float64").Splits[0] is var split ? (split.Inputs.narrow(0, 0, 3), split.Targets.narrow(0, 0, 3)) : default;

    private static Program Build(string settings) => TestPacks.Program(new EnsembleAlignment(), Work(settings, 1));

    private static Measured Run(string settings, int seeds) => TestPacks.Run(Work(settings, seeds));

    private static PackWork Work(string settings, int seeds) => TestPacks.Work(
        $$"""
        experiment: ensemble-alignment
        fixed: { {{settings}} }
        seeds: {{seeds}}
        measure: [ { at: end, metrics: [function_cosine] } ]
        """);
}
