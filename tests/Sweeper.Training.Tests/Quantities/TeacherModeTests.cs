using Xunit;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>What is measured of the teacher, and of single examples.</summary>
public sealed class TeacherModeTests
{
    [Theory]
    [InlineData("relu", "relu")]
    [InlineData("linear", "relu")]
    [InlineData("linear", "linear")]
    public void Alignments_of_examples_average_to_those_of_the_split(string student, string teacher)
    {
        var measured = Measure(
            ["alignment_left", "alignment_per_example", "leading_alignment_per_example"], ("student", student), ("teacher", teacher));
        foreach (var (split, examples) in (ReadOnlySpan<(string, int)>)[("train", 24), ("validation", 16)])
        {
            var mean = measured.Of("alignment_left", 0, 0, split);
            for (var mode = 0; mode < mean.Length; mode++)
            {
                var single = measured.Of("alignment_per_example", 0, 0, split, $"mode{mode}");
                Assert.Equal(examples, single.Length);
                Assert.Equal(mean[mode], single.Average(), 1e-12);
                Assert.Equal(student == "linear" && teacher == "linear", single.Distinct().Count() == 1);
            }

            Assert.Equal(
                measured.Of("alignment_per_example", 0, 0, split, "mode0"), measured.Of("leading_alignment_per_example", 0, 0, split));
        }
    }

    [Fact]
    public void A_linear_teacher_is_as_strong_as_its_spectrum()
    {
        var measured = Measure(["teacher_singular_values", "teacher_strength"], ("teacher", "linear"));
        double[] expected = [50, 40, 30, 20, 10, 0, 0, 0, 0, 0, 0, 0];
        foreach (var (mode, value) in expected.Index())
        {
            Assert.Equal(value, measured.Of("teacher_singular_values", 0, 0, "", "W1")[mode], 1e-9);
            Assert.Equal(value, measured.Of("teacher_strength", 0, 0, "validation")[mode], 1e-9);
        }
    }

    /// <summary>
    /// Over many teachers 38.5, 27.0, 17.6, 10.0 and 4.4 with standard deviations 0.6, 0.9, 1.2, 0.9 and 0.4 (teacher-student
    /// catalogue, 4.2): units that are not active attenuate. Here one teacher of each of eight seeds, five deviations wide.
    /// </summary>
    [Fact]
    public void A_leaky_teacher_is_weaker_than_its_spectrum_as_in_independent_samples()
    {
        double[] means = [38.5, 27.0, 17.6, 10.0, 4.4], deviations = [0.6, 0.9, 1.2, 0.9, 0.4];
        for (var seed = 0; seed < 8; seed++)
        {
            var measured = Measure(["teacher_singular_values", "teacher_strength"], ("teacher_seed", seed), ("train_examples", 256));
            Assert.All(measured.Of("teacher_singular_values", 0, 0, "", "W2"), value => Assert.Equal(1, value, 1e-12));
            var strengths = measured.Of("teacher_strength", 0, 0);
            foreach (var (mode, mean) in means.Index())
            {
                Assert.InRange(strengths[mode], mean - 5 * deviations[mode], mean + 5 * deviations[mode]);
            }

            Assert.All(strengths[5..], strength => Assert.Equal(0, strength, 1e-9));
        }
    }

    [Fact]
    public void Strengths_are_measured_in_those_of_the_teacher_and_undefined_where_it_has_none()
    {
        var measured = Measure(["mode_strength", "teacher_strength", "normalised_mode_strength"]);
        double[] own = measured.Of("mode_strength", 0, 0),
            teacher = measured.Of("teacher_strength", 0, 0), ratio = measured.Of("normalised_mode_strength", 0, 0);
        for (var mode = 0; mode < 5; mode++)
        {
            Assert.Equal(own[mode] / teacher[mode], ratio[mode], 1e-12);
        }

        Assert.All(ratio[5..], value => Assert.Equal(double.NaN, value));
    }

    private static Measured Measure(string[] metrics, params (string, object)[] settings) =>
        TestPacks.Run(TestPacks.Pack([TestPacks.Trial(TestPacks.Point(settings))], 1, metrics, 0));
}
