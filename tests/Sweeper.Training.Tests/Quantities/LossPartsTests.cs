using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Laws of the parts of the loss, as they are measured; shapes with not more outputs than inputs.</summary>
public sealed class LossPartsTests
{
    private const long Steps = 60;
    private const double Precision = 1e-10;

    private static readonly string[] Metrics =
    [
        "loss", "relative_loss", "target_power", "mode_loss", "loss_contribution", "loss_student_residual", "loss_teacher_residual",
        "loss_paired", "mode_power", "mode_competition", "noise_coupling", "linear_split", "mode_linear_split", "loss_linear_split",
        "loss_mode_linear_split",
    ];

    private static readonly string[] LinearParts = ["linear", "nonlinear", "cross"];

    public static TheoryData<string, (string, object)[]> Networks => new()
    {
        { "leaky", [] },
        { "noise", [("noise", 7.0)] },
        { "linear", [("student", "linear"), ("teacher", "linear"), ("noise", 5.0)] },
        { "linear student", [("student", "linear"), ("noise", 3.0)] },
        { "linear teacher", [("teacher", "linear"), ("noise", 3.0)] },
        { "fewer outputs", [("outputs", 5), ("width", 9), ("teacher_width", 8), ("noise", 3.0)] },
        { "fewer outputs, linear", [("outputs", 5), ("width", 9), ("student", "linear"), ("teacher", "linear"), ("noise", 3.0)] },
        { "activation after the outputs", [("student_output_activation", true), ("teacher_output_activation", true), ("noise", 3.0)] },
        { "residual teacher", [("residual_teacher", true), ("train_examples", 40), ("noise", 3.0)] },
        { "one mode", [("teacher_spectrum", new double[] { 50 })] },
        { "raw inputs", [("input_law", "gaussian"), ("train_examples", 9), ("validation_examples", 5)] },
    };

    [Theory, MemberData(nameof(Networks))]
    public void Every_decomposition_sums_to_the_loss(string name, (string, object)[] settings)
    {
        var measured = Measure([.. settings, ("learning_rate", 2e-4)]);
        foreach (var (step, trial, split) in Places())
        {
            double[] Of(string metric, string component = "") => measured.Of(metric, step, trial, split, component);
            double loss = Of("loss")[0], power = Of("target_power")[0];
            void Same(double expected, double actual) => Assert.True(
                Math.Abs(expected - actual) <= Precision * (loss + power), $"{name}, {split}, step {step}: {expected:R}, not {actual:R}");

            var contributions = Of("loss_contribution");
            Same(loss, power + contributions.Sum());
            Same(loss, Of("loss_student_residual").Sum());
            Same(loss, Of("loss_teacher_residual").Sum());
            Same(loss, Of("loss_paired", "modes").Sum() + Of("loss_paired", "noise")[0]);
            Same(loss, power + LinearParts.Sum(part => Of("loss_linear_split", part)[0]));
            Assert.All(Of("loss_student_residual").Concat(Of("loss_teacher_residual")), value => Assert.True(value >= 0));
            for (var mode = 0; mode < contributions.Length; mode++)
            {
                Same(contributions[mode], Of("mode_power")[mode] + Of("noise_coupling")[mode]
                    + Enumerable.Range(0, contributions.Length).Sum(teacher => Of("mode_competition", $"teacher{teacher}")[mode]));
                Same(contributions[mode], LinearParts.Sum(part => Of("loss_mode_linear_split", part)[mode]));
                Assert.Equal(1 + contributions[mode] / power, Of("mode_loss")[mode], Precision);
                Assert.Equal(1 + Of("loss_mode_linear_split", "linear")[mode] / power, Of("mode_linear_split", "linear")[mode], Precision);
            }

            Assert.Equal(loss / power, Of("relative_loss")[0], Precision);
            Assert.Equal(1 + Of("loss_linear_split", "nonlinear")[0] / power, Of("linear_split", "nonlinear")[0], Precision);
            Assert.Equal(Of("loss_linear_split", "cross")[0] / power, Of("linear_split", "cross")[0], Precision);
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void On_training_data_the_linear_part_and_the_rest_do_not_meet(string name, (string, object)[] settings)
    {
        var measured = Measure([.. settings, ("learning_rate", 2e-4)]);
        foreach (var (step, trial, _) in Places().Where(place => place.Split == "train"))
        {
            var (cross, power) = (
                measured.Of("loss_linear_split", step, trial, "train", "cross")[0], measured.Of("target_power", step, trial)[0]);
            Assert.True(Math.Abs(cross) <= Precision * power, name);
            Assert.True(Math.Abs(measured.Of("loss_mode_linear_split", step, trial, "train", "cross").Sum()) <= Precision * power, name);
        }
    }

    [Fact]
    public void A_linear_student_has_no_nonlinear_part()
    {
        var measured = Measure([("student", "linear"), ("learning_rate", 2e-4)]);
        foreach (var (step, trial, split) in Places())
        {
            Assert.Equal(1, measured.Of("linear_split", step, trial, split, "nonlinear")[0], 1e-12);
        }
    }

    [Fact]
    public void Noise_is_taken_up_from_training_targets_only()
    {
        var measured = Measure([("noise", 7.0), ("learning_rate", 2e-4)]);
        Assert.All(measured.Of("noise_coupling", Steps, 0, "validation"), value => Assert.Equal(0, value, 1e-9));
        Assert.Contains(measured.Of("noise_coupling", Steps, 0, "train"), value => Math.Abs(value) > 1e-3);
    }

    [Fact]
    public void Signs_of_singular_vectors_do_not_matter()
    {
        using var scope = NewDisposeScope();
        Modes student = Draw(1), teacher = Draw(2);
        Tensor inputs = Numbers(3, 2, 7, 4), targets = Numbers(4, 2, 7, 4);
        var plain = new LossDecomposition(student, teacher, inputs, targets);
        var flipped = new LossDecomposition(Flip(student, 5), Flip(teacher, 6), inputs, targets);
        (Func<LossDecomposition, Tensor> Part, string Name)[] parts =
        [
            (one => one.StudentContribution(), "contribution"), (one => one.StudentResidual(), "student"),
            (one => one.TeacherResidual(), "teacher"), (one => one.PairSymmetric(), "paired"), (one => one.Competition(), "competition"),
            (one => one.NoiseCoupling(), "coupling"), (one => one.NoiseTerms(), "noise"),
        ];
        Assert.All(parts, part => Assert.True((part.Part(plain) - part.Part(flipped)).abs().max().Number() < 1e-12, part.Name));

        Modes Draw(int seed) => BatchedSvd.Full(Numbers(seed, 2, 7, 4, 4));

        static Modes Flip(Modes modes, int seed)
        {
            var signs = Numbers(seed, 2, 7, 1, 4).sign();
            return modes with { U = modes.U * signs, V = modes.V * signs };
        }
    }

    private static Tensor Numbers(int seed, params long[] shape)
    {
        var values = new double[shape.Aggregate(1L, (product, side) => product * side)];
        Core.Randomness.RandomStreams.Data(seed, 0).FillGaussian(values);
        return tensor(values, shape);
    }

    private static IEnumerable<(long Step, int Trial, string Split)> Places() =>
        from step in (long[])[0, Steps] from trial in (int[])[0, 1] from split in (string[])["train", "validation"]
        select (step, trial, split);

    private static Measured Measure((string, object)[] settings)
    {
        var point = TestPacks.Point([("steps", (int)Steps), .. settings]);
        return TestPacks.Run(TestPacks.Pack([TestPacks.Trial(point, 0), TestPacks.Trial(point, 1)], 2, Metrics, 0, Steps));
    }
}
