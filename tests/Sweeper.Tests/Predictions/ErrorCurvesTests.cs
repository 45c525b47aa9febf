using Sweeper.Theory.Generalisation;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class ErrorCurvesTests
{
    private const int Samples = 16;

    private static readonly double[] Times = [0.5, 1, 1.5, 2, 2.5, 3, 4, 6];

    /// <summary>
    /// Means over drawn problems within four standard errors, and what the theory leaves out: of the order of 1 / size. It is at most 6 / N
    /// of the error and of the teacher (each outlier takes about 1 + A + A / s^2 squared singular values from the noise).
    /// </summary>
    [Theory]
    [InlineData("paper", 100, 50, 50, 2, 100)]
    [InlineData("more outputs than inputs", 50, 100, 50, 2, 50)]
    [InlineData("three weight matrices", 80, 80, 80, 3, 80)]
    [InlineData("a narrow student", 100, 60, 20, 2, 100)]
    [InlineData("fewer modes than the teacher", 100, 60, 1, 2, 100)]
    [InlineData("few examples", 100, 60, 60, 2, 40)]
    [InlineData("few examples and a narrow student", 100, 60, 50, 2, 30)]
    [InlineData("many examples", 60, 60, 60, 2, 150)]
    [InlineData("much noise", 80, 40, 40, 2, 80, 1.7)]
    public void Errors_are_those_of_drawn_problems(
        string what, int inputs, int outputs, int width, int depth, int examples, double noise = 1)
    {
        Assert.NotEmpty(what);
        var task = new LinearTask(inputs, outputs, [6, 4]) { Noise = noise }.WithExamples(examples);
        var student = new DeepStudent(width, depth, 1e-4);
        var curves = new ErrorCurves(task, student);
        var drawn = Enumerable.Range(0, Samples).Select(seed => new SampledTask(task, student, seed)).ToArray();
        // The times of deeper students are longer: those of the strongest mode tell.
        var rise = student.Growth(task.Data.Observed(6 * task.Seen)).HalfRiseTime / task.InputPower;
        var unit = rise / new DeepStudent(width, 2, 1e-4).Growth(6).HalfRiseTime;
        foreach (var time in Times.Select(time => unit * time))
        {
            Compare(curves.TrainError(time), drawn.Select(one => one.TrainError(one.StrengthsAt(time))));
            Compare(curves.TestError(time), drawn.Select(one => one.TestErrorAt(time)));
            Compare(curves.CleanTrainError(time), drawn.Select(one => one.CleanTrainError(one.StrengthsAt(time))));
        }

        void Compare(double theory, IEnumerable<double> sampled)
        {
            var values = sampled.ToArray();
            var mean = values.Average();
            var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (Samples - 1) / Samples);
            Assert.Equal(theory, mean, 4 * error + 6.0 / Math.Min(inputs, outputs) * Math.Min(theory, 1));
        }
    }

    /// <summary>Sums over modes that grow alone, and what a student of one mode more than the teacher loses.</summary>
    [Fact]
    public void Without_noise_modes_add_up()
    {
        var student = new DeepStudent(5, 2, 0.01);
        var curves = new ErrorCurves(new LinearTask(6, 5, [3, 2]) { Noise = 0 }, student);
        const double time = 0.8;
        double Strength(double target) => target / (1 + (target / 0.01 - 1) * Math.Exp(-2 * target * time));
        // A mode without a target decays: ds/dt = -2 s^2.
        var idle = 1 / (1 / 0.01 + 2 * time);
        var expected = (Math.Pow(3 - Strength(3), 2) + Math.Pow(2 - Strength(2), 2) + 3 * idle * idle) / 13;
        Assert.Equal(expected, curves.TestError(time), 1e-12);
        Assert.Equal(expected, curves.TrainError(time), 1e-12);
        Assert.Equal(expected, curves.CleanTrainError(time), 1e-12);
        Assert.Equal(new Optimum(double.PositiveInfinity, 0), curves.Stopping());
    }

    /// <summary>Marchenko and Pastur: all squared singular values of noise add up to its power, whatever the student can reach.</summary>
    [Fact]
    public void A_student_without_time_knows_nothing_and_with_time_all_that_it_can_reach()
    {
        var curves = new ErrorCurves(new LinearTask(100, 50, [4]), new DeepStudent(50, Initial: 1e-9));
        Assert.Equal(1, curves.TrainError(0), 1e-6);
        Assert.Equal(1, curves.TestError(0), 1e-6);
        Assert.Equal(0, curves.TrainError(1e4), 1e-9);
        // Noise of 49 modes and of the outlier: 49 + |s' u' v' - s u v|^2.
        var (observed, overlap) = (Math.Sqrt(17 * 16.5) / 4, (256 - 0.5) / (16 * Math.Sqrt(17 * 16.5)));
        Assert.Equal((49 + observed * observed + 16 - 8 * observed * overlap) / 16, curves.TestError(1e4), 1e-6);
    }

    /// <summary>
    /// The catalogue of the paper's theory: a hidden teacher of strength 0.84 has a least test error of 0.974, sampled 0.969, at N1 = 100.
    /// </summary>
    [Fact]
    public void Noise_hides_a_teacher_in_large_matrices_only()
    {
        var task = new LinearTask(100, 50, [0.84]);
        Assert.Equal(new Optimum(0, 1), new ErrorCurves(task, new DeepStudent(50)).Stopping() with { Error = 1 });
        Assert.Equal(0.974, new ErrorCurves(task, new DeepStudent(50), finiteSize: true).Stopping().Error, 5e-4);
    }

    /// <summary>
    /// Equation 16 bounds the curve's minimum, and what the curve leaves of a rank-one optimum is the noise that it learned by then.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Stopping_is_best_where_the_mode_has_shrunk_strength(double strength)
    {
        var task = new LinearTask(100, 50, [strength]);
        var student = new DeepStudent(50);
        var stopping = new ErrorCurves(task, student).Stopping();
        var bound = Shrinkage.Error(task.Data, task.Strengths);
        Assert.InRange(stopping.Error, bound, bound * 1.02);
        var shrunk = student.Growth(task.Data.Observed(strength)).TimeOf(Shrinkage.Best(task.Data, strength));
        Assert.InRange(stopping.Time, 0.9 * shrunk, shrunk);
    }
}
