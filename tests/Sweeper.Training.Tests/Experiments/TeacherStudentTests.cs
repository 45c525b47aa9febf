using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

public sealed class TeacherStudentTests : TensorTest
{
    [Fact]
    public void Noise_has_the_wanted_size_and_spares_validation_targets()
    {
        var program = Build(("noise", 0.0), ("noise", 3.0));
        var noise = Lane(program.Splits[0].Targets, 1) - Lane(program.Splits[0].Targets, 0);
        // 24 x 12 numbers: the standard error of their root mean square is 3 / sqrt(2 * 288) = 0.125.
        Assert.InRange(noise.square().mean().sqrt().Number(), 2.5, 3.5);
        Assert.Equal(Lane(program.Splits[1].Targets, 0).Numbers(), Lane(program.Splits[1].Targets, 1).Numbers());
    }

    [Fact]
    public void By_default_seeds_redraw_the_student_and_nothing_else()
    {
        var program = Build();
        Assert.NotEqual(Lane(program.Initial.Flat, 0).Numbers(), Lane(program.Initial.Flat, 1).Numbers());
        Assert.Equal(Lane(program.Teacher!.Parameters.Flat, 0).Numbers(), Lane(program.Teacher.Parameters.Flat, 1).Numbers());
        Assert.Equal(Lane(program.Splits[0].Targets, 0).Numbers(), Lane(program.Splits[0].Targets, 1).Numbers());
    }

    [Theory]
    [InlineData("teacher_seed")]
    [InlineData("data_seed")]
    public void A_stream_that_follows_the_seed_redraws_the_targets(string seed)
    {
        var program = Build((seed, -1), (seed, -1));
        Assert.NotEqual(Lane(program.Splits[0].Targets, 0).Numbers(), Lane(program.Splits[0].Targets, 1).Numbers());
    }

    [Fact]
    public void Points_with_equal_seeds_share_their_random_numbers()
    {
        var program = Build(("init_scale", 0.5), ("init_scale", 2.0), isSameSeed: true);
        var ratio = Lane(program.Initial.Flat, 1) / Lane(program.Initial.Flat, 0);
        Assert.True((ratio - 4).abs().max().Number() < 1e-14);
    }

    [Fact]
    public void A_relu_teacher_has_the_wanted_spectrum_and_then_an_orthogonal_matrix()
    {
        var spectra = Build().Teacher!.Parameters.Weights.Select(weight => BatchedSvd.Full(weight.Matrices).S[0].Numbers()).ToArray();
        double[] first = [50, 40, 30, 20, 10, 0, 0, 0, 0, 0, 0, 0];
        foreach (var (mode, value) in spectra[0].Index())
        {
            Assert.Equal(first[mode], value, 1e-9);
        }

        Assert.All(spectra[1], value => Assert.Equal(1, value, 1e-12));
    }

    private static Program Build(
        (string Name, object Value)? first = null, (string Name, object Value)? second = null, bool isSameSeed = false)
    {
        var work = TestPacks.Pack(
            [TestPacks.Trial(Point(first), 0), TestPacks.Trial(Point(second), isSameSeed ? 0 : 1)], 2, ["loss"], 0);
        return TestPacks.Program(new TeacherStudent(), work);

        static Core.Experiments.Point Point((string, object)? value) => value is { } given ? TestPacks.Point(given) : TestPacks.Point();
    }

    private static Tensor Lane(Tensor values, long lane) => values[lane];
}
