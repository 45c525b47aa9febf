using Sweeper.Core.Packing;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Students that start with the singular vectors of their data. A lane has data of its own.</summary>
public sealed class TrainingAlignedTests : TensorTest
{
    private const double Scale = 0.1;

    private static readonly string[] Grown =
        ["mode_strength", "data_strength", "data_normalised_mode_strength", "data_alignment_left", "data_alignment_right"];

    [Theory]
    [InlineData(1, 9, 8, "orthonormal")]
    [InlineData(2, 9, 8, "orthonormal")]
    [InlineData(2, 3, 8, "orthonormal")]
    [InlineData(2, 9, 5, "orthonormal")]
    [InlineData(4, 5, 8, "orthonormal")]
    [InlineData(4, 3, 24, "gaussian")]
    [InlineData(3, 6, 24, "whitened")]
    public void The_product_has_the_modes_of_the_data_at_one_strength(int depth, int width, int examples, string law)
    {
        var program = Build(depth, width, examples, law);
        var student = Product(program.Initial);
        var correlation = program.Splits[0].Targets.mT.bmm(program.Splits[0].Inputs);
        var modes = depth == 1 ? 5 : Math.Min(width, 5);

        // So many equal singular values: the square of M M^T is scale^2 times it, and its trace is their sum.
        var strength = Math.Pow(Scale, depth);
        var power = student.bmm(student.mT);
        Assert.True((power.bmm(power) - power * strength * strength).abs().max().Number() < 1e-13);
        var trace = power.diagonal(0, 1, 2).sum(1).Numbers();
        Assert.All(trace, sum => Assert.Equal(modes * strength * strength, sum, 1e-13));

        // M S^T and M^T S are symmetric where the two have the same singular vectors; what M picks of S are the largest singular values.
        foreach (var product in (Tensor[])[student.bmm(correlation.mT), student.mT.bmm(correlation)])
        {
            Assert.True((product - product.mT).abs().max().Number() < 1e-12 * Math.Max(1, product.abs().max().Number()));
        }

        var picked = student.bmm(correlation.mT).diagonal(0, 1, 2).sum(1) / strength;
        var largest = linalg.svdvals(correlation).narrow(1, 0, modes).sum(1);
        Assert.True((picked - largest).abs().max().Number() < 1e-11 * largest.max().Number());
    }

    [Fact]
    public void Modes_grow_one_by_one_as_the_recursion_of_a_single_number_says()
    {
        (string, object)[] settings = [.. Settings(2, 5, 8, "orthonormal"), ("loss_scaling", "half_sum"), ("learning_rate", 0.01), ("steps", 60)];
        var work = TestPacks.Pack([Trial(0, settings), Trial(1, settings)], 2, Grown, 60) with { Engine = EngineKind.Lanes };
        var measured = TestPacks.Run(work);
        var training = Build(2, 5, 8, "orthonormal").Splits[0];
        var levels = linalg.svdvals(training.Targets.mT.bmm(training.Inputs));
        for (var lane = 0; lane < 2; lane++)
        {
            // Both factors of a mode of two layers are equal: a' = a + rate a (level - a^2).
            var grown = levels[lane].Numbers().Select(level => Enumerable.Range(0, 60)
                .Aggregate(Scale, (a, _) => a + (0.01 * a * (level - a * a)))).Select(a => a * a).ToArray();
            var strengths = measured.Of("mode_strength", 60, lane);
            Assert.Equal(5, strengths.Length);
            Assert.All(grown.Zip(strengths), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
            double[] data = measured.Of("data_strength", 60, lane), shares = measured.Of("data_normalised_mode_strength", 60, lane);
            Assert.All(levels[lane].Numbers().Zip(data), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
            Assert.All(grown.Zip(data, shares), mode => Assert.Equal(mode.First / mode.Second, mode.Third, 1e-11));
            Assert.All((double[])[.. measured.Of("data_alignment_left", 60, lane), .. measured.Of("data_alignment_right", 60, lane)],
                alignment => Assert.Equal(1, alignment, 1e-9));
        }
    }

    [Fact]
    public void Only_linear_students_have_it() =>
        Assert.StartsWith("init may be", Assert.Throws<ArgumentException>(() => TestPacks.Point(("init", "training-aligned"))).Message,
            StringComparison.Ordinal);

    private static (string, object)[] Settings(int depth, int width, int examples, string law) =>
    [
        ("init", "training-aligned"), ("student", "linear"), ("teacher", "linear"), ("depth", depth), ("width", width), ("inputs", 8),
        ("outputs", 5),
        ("teacher_spectrum", (double[])[3, 1]), ("noise", 0.4), ("input_law", law), ("train_examples", examples), ("init_scale", Scale),
        ("teacher_seed", -1), ("data_seed", -1), ("noise_seed", -1), ("validation_examples", 8),
    ];

    private static Core.Sweeps.Trial Trial(long seed, (string, object)[] settings) => TestPacks.Trial(TestPacks.Point(settings), seed);

    private static Program Build(int depth, int width, int examples, string law)
    {
        var settings = Settings(depth, width, examples, law);
        return TestPacks.Program(new TeacherStudent(), TestPacks.Pack([Trial(0, settings), Trial(1, settings)], 2, ["loss"], 0));
    }

    private static Tensor Product(ParameterSet parameters) =>
        parameters.Weights.Select(weight => weight.Matrices).Aggregate((product, next) => next.bmm(product));
}
