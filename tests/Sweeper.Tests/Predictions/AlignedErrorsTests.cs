using Sweeper.Core.Ports;
using Sweeper.Theory;
using Sweeper.Theory.Generalisation;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class AlignedErrorsTests
{
    /// <summary>The paper's setting: 1000 steps are one unit of time.</summary>
    private const string Yaml = """
        experiment: teacher-student
        fixed:
          student: linear
          teacher: linear
          depth: 2
          inputs: 100
          outputs: 50
          width: 50
          teacher_spectrum: [2]
          train_examples: 100
          input_law: orthonormal
          noise: 0.1
          loss_scaling: half_sum
          learning_rate: 1e-3
          init_scale: 3.1622776601683795e-3
          train_clean: true
          steps: 5000
        measure: [ { at: [1000, 2000, 3000, 5000], metrics: [relative_loss] }, { at: [50], metrics: [loss] } ]
        """;

    /// <summary>Landmarks of the theory's ln test error in the catalogue of the paper, to its digits.</summary>
    [Theory]
    [InlineData("teacher_spectrum=[2]", -0.001, -0.103, -0.927, 1.767)]
    [InlineData("teacher_spectrum=[4]", -0.021, -2.345, -2.259, 0.368)]
    [InlineData("teacher_spectrum=[8]", -3.668, -3.738, -3.688, -1.021)]
    [InlineData("teacher_spectrum=[2, 6, 4]", -0.342, -2.126, -2.475, -0.780)]
    public void Validation_is_the_papers_test_error(string set, params double[] expected)
    {
        var predicted = Predict(set);
        Assert.Equal(expected, Values(predicted, "validation").Select(value => Math.Log(value)), (a, b) => Math.Abs(a - b) < 6e-4);
        // Training inputs that span all inputs are as good as new ones.
        Assert.Equal(Values(predicted, "validation"), Values(predicted, "train_clean"), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1000L, 2000, 3000, 5000], predicted.Where(one => one.Series.Split == "train").Select(one => one.Step));
    }

    /// <summary>
    /// k times as many white examples of the mean error say the same as orthonormal ones of the sum, where noise is as the root of their
    /// number and the rate twice as small. Training errors have the noise besides that no linear map can follow: 300 of 400 examples'.
    /// </summary>
    [Fact]
    public void Units_of_the_loss_and_the_inputs_are_those_of_the_experiment()
    {
        var paper = Predict("noise=0.1");
        var white = Predict(
            "input_law=whitened", "train_examples=400", "noise=2", "loss_scaling=mean_example_sum_output", "learning_rate=5e-4");
        Assert.Equal(Values(paper, "validation"), Values(white, "validation"), (a, b) => Math.Abs(a / b - 1) < 1e-9);
        var mean = Predict("loss_scaling=mean_all", "learning_rate=2.5");
        Assert.Equal(Values(paper, "validation"), Values(mean, "validation"), (a, b) => Math.Abs(a / b - 1) < 1e-9);

        // Power of the data: 49 modes of noise of mean square 1, and the outlier; noise of 400 examples x 50 outputs / 100, a quarter of it
        // inside.
        double data = 49 + (1 + 4) * (0.5 + 4) / 4.0, outside = 50 * 3;
        foreach (var (inside, all) in Values(paper, "train").Zip(Values(white, "train")))
        {
            Assert.Equal((inside * data + outside) / (data + outside), all, 1e-6);
        }
    }

    /// <summary>
    /// Drawn problems of 40 inputs of which training knows 24, trained by the flow: within four standard errors and 6 / N.
    /// </summary>
    [Fact]
    public void Few_examples_are_told_apart_from_clean_and_new_ones()
    {
        var predicted = Predict(
            "inputs=40", "outputs=40", "width=40", "teacher_spectrum=[5]", "train_examples=24", "noise=0.158113883");
        var task = new LinearTask(40, 40, [5]).WithExamples(24);
        var student = new DeepStudent(40);
        var drawn = Enumerable.Range(0, 20).Select(seed => new SampledTask(task, student, seed)).ToArray();
        foreach (var prediction in predicted)
        {
            Func<SampledTask, double[], double> errorOf = prediction.Series.Split switch
            {
                "train" => static (one, strengths) => one.TrainError(strengths),
                "train_clean" => static (one, strengths) => one.CleanTrainError(strengths),
                _ => static (one, strengths) => one.TestError(strengths),
            };
            var errors = drawn.Select(one => errorOf(one, one.StrengthsAt(prediction.Step / 1000.0))).ToArray();
            var mean = errors.Average();
            var deviation = Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / 19 / 20);
            Assert.Equal(prediction.Values[0], mean, 4 * deviation + 6.0 / 40 * Math.Min(1, mean));
        }
    }

    [Fact]
    public void Of_random_targets_only_training_is_known()
    {
        var predicted = Predict("targets=randomised", "teacher_spectrum=[30, 20, 10]");
        Assert.All(predicted, one => Assert.Equal("train", one.Series.Split));
        // The catalogue: half of the power is learned at 0.947 units of time.
        Assert.InRange(predicted[0].Values[0], 0.35, 0.5);
    }

    [Theory]
    [InlineData("student=relu")]
    [InlineData("teacher=relu")]
    [InlineData("weight_decay=0.1")]
    [InlineData("optimizer=adam")]
    [InlineData("init=gaussian")]
    [InlineData("width=51")]
    [InlineData("input_law=gaussian")]
    [InlineData("teacher_spectrum=[0]")]
    public void Nothing_is_predicted_where_an_assumption_fails(string set) => Assert.Empty(Predict(set));

    [Fact]
    public void An_aligned_student_may_be_wider_than_it_needs() => Assert.NotEmpty(Predict("width=51", "init=training-aligned"));

    private static double[] Values(IEnumerable<Prediction> predicted, string split) =>
        [.. predicted.Where(one => one.Series.Split == split).Select(one => one.Values.Single())];

    private static List<Prediction> Predict(params string[] sets) => Predicted.By(new AlignedErrors(), Yaml, sets);
}
