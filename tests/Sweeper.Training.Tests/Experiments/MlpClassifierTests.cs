using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

public sealed class MlpClassifierTests : TensorTest
{
    private const string Small = "dtype: float64, train_examples: 400, validation_examples: 50, inputs: 6, classes: 4, width: 8";

    [Fact]
    public void Uniform_label_noise_hits_the_wanted_share_of_training_labels_and_no_validation_label()
    {
        var (clean, noisy) = (Build("label_noise: 0"), Build("label_noise: 0.5"));
        // Of 200 redrawn labels each stays with probability 1/4: 150 change, with standard deviation 6.1.
        Assert.InRange(Changed(clean, noisy, 0), 120, 180);
        Assert.Equal(0, Changed(clean, noisy, 1));
        Assert.Equal(clean.Splits[0].Inputs.Numbers(), noisy.Splits[0].Inputs.Numbers());
    }

    [Fact]
    public void Permuted_labels_keep_the_number_of_each_class()
    {
        var (clean, noisy) = (Build("label_noise: 0"), Build("label_noise: 1, label_noise_kind: permutation"));
        Assert.InRange(Changed(clean, noisy, 0), 240, 360);
        Assert.Equal(clean.Splits[0].Targets.Numbers().Order(), noisy.Splits[0].Targets.Numbers().Order());
    }

    [Theory]
    [InlineData("data_seed")]
    [InlineData("label_noise_seed")]
    [InlineData("init_seed")]
    [InlineData("order_seed")]
    public void A_stream_with_a_fixed_seed_is_the_same_for_all_trials_and_the_others_are_not(string fixedSeed)
    {
        var program = Build($"label_noise: 1, {fixedSeed}: 7", seeds: "[0, 1, 2, 3]");
        var first = TrainingState.Start(program).Batch(program.Splits[0] with { Inputs = arange(400).view(1, -1, 1).expand(4, -1, 1) });
        bool IsShared(Tensor lanes) => lanes[0].equal(lanes[1]).all().ToBoolean();
        Assert.Equal(fixedSeed == "data_seed", IsShared(program.Splits[0].Inputs) && IsShared(program.Splits[1].Targets));
        Assert.Equal(fixedSeed == "init_seed", IsShared(program.Initial.Flat));
        Assert.Equal(fixedSeed == "order_seed", IsShared(first.Inputs));
    }

    [Fact]
    public void The_learning_rate_warms_up_drops_and_falls_along_a_cosine()
    {
        var rate = Build("steps: 100, warmup_steps: 10, rate_drops: [50, 80], rate_drop_factor: 0.5, rate_decay: cosine").Rule!.RateFactor;
        Assert.Equal(0.3, rate(3), 1e-12);
        Assert.Equal(1, rate(10), 1e-12);
        Assert.Equal((1 + Math.Cos(Math.PI / 3)) / 2, rate(40), 1e-12);
        Assert.Equal(0.5 * (1 + Math.Cos(Math.PI * 5 / 9)) / 2, rate(60), 1e-12);
        Assert.Equal(0, rate(100), 1e-12);
    }

    [Fact]
    public void Outputs_on_a_large_split_are_those_of_its_parts()
    {
        var model = new Mlp([3, 5, 2], leak: 0, hasBias: true);
        var parameters = Networks.Parameters(model, model.Layout.Initialise(1));
        var inputs = tensor(Inputs.Draw(InputLaw.Gaussian, new Core.Randomness.CounterRandom(2, 0), 2500, 3), [1, 2500, 3]);
        var difference = Outputs.Of(model, parameters, inputs) - model.Apply(parameters, inputs, NetworkMode.Evaluate);
        Assert.True(difference.abs().max().Number() < 1e-15);
    }

    [Fact]
    public void A_batch_of_zero_is_all_examples() => Assert.Null(Build("batch: 0").Rule!.Batches);

    private static long Changed(Program before, Program after, int split) =>
        before.Splits[split].Targets.ne(after.Splits[split].Targets).sum().ToInt64();

    private static Program Build(string settings, string seeds = "[0]") =>
        TestPacks.Program(new MlpClassifier(), $"fixed: {{ {Small}, {settings} }}\nseeds: {seeds}");
}
