using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Training.Tests.Running;

public sealed class PackRunnerTests
{
    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void Every_metric_of_the_experiment_is_reported_with_the_declared_number_of_rows(string type)
    {
        var point = TestPacks.Point(("width", 7), ("depth", 3), ("dtype", type));
        var work = TestPacks.Pack([TestPacks.Trial(point)], 1, [.. point.Experiment.Metrics.Select(metric => metric.Name)], 0, 3);
        var measured = TestPacks.Run(work);
        foreach (var metric in point.Experiment.Metrics)
        {
            var rows = measured.Blocks.Where(block => block.Series.Metric == metric.Name).Sum(block => block.Width);
            Assert.Equal(2 * metric.RowsPerSnapshot(point), rows);
        }
    }

    /// <summary>Reference values: independent runs of the deep linear case (teacher-student catalogue R-1B, R-1C).</summary>
    [Fact]
    public void A_deep_linear_student_ends_with_its_teachers_singular_values()
    {
        var point = TestPacks.Point(("student", "linear"), ("teacher", "linear"), ("steps", 12_000));
        var measured = Run(point, "relative_loss", "mode_strength", "alignment_left", "alignment_right");
        double[] spectrum = [50, 40, 30, 20, 10];
        foreach (var (mode, strength) in spectrum.Index())
        {
            Assert.InRange(measured.Of("mode_strength", point.Integer("steps"), 0)[mode] / strength, 0.999, 1.001);
            Assert.InRange(measured.Of("alignment_left", point.Integer("steps"), 0)[mode], 0.999, 1.000001);
            Assert.InRange(measured.Of("alignment_right", point.Integer("steps"), 0)[mode], 0.999, 1.000001);
        }

        Assert.InRange(measured.Of("relative_loss", point.Integer("steps"), 0, "validation")[0], 0, 1e-4);
    }

    [Fact]
    public void Trials_that_are_not_wanted_are_trained_but_not_reported()
    {
        var point = TestPacks.Point(("steps", 2));
        var work = TestPacks.Pack([TestPacks.Trial(point, 0), TestPacks.Trial(point, 1)], 4, ["loss"], 2) with { Wanted = [1] };
        var measured = TestPacks.Run(work);
        Assert.All(measured.Blocks, block => Assert.Equal([1], block.Trials.ToArray()));
    }

    [Fact]
    public void A_pack_in_which_everything_diverged_ends_early_and_says_so()
    {
        var point = TestPacks.Point(("learning_rate", 1e9), ("steps", 1_000_000_000));
        var work = TestPacks.Pack([TestPacks.Trial(point)], 1, ["loss"], 0, 10, 1_000_000_000);
        var measured = new Measured();
        var outcome = new PackRunner().Run(work, measured, TestContext.Current.CancellationToken);
        Assert.Equal(10, Assert.Single(outcome.Diverged).Step);
        Assert.DoesNotContain(measured.Blocks, block => block.Step > 0);
    }

    [Fact]
    public void A_cancelled_pack_stops_within_a_few_steps()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var work = TestPacks.Pack([TestPacks.Trial(TestPacks.Point())], 1, ["loss"], 0, 100);
        Assert.Throws<OperationCanceledException>(() => new PackRunner().Run(work, new Measured(), cancellation.Token));
    }

    [Fact]
    public void A_perturbation_at_the_last_step_is_seen_by_the_last_measurement()
    {
        var calm = Run(TestPacks.Point(("perturbation_step", 100)), "loss", "weight_norm");
        var moved = Run(TestPacks.Point(("perturbation_step", 100), ("perturbation", 1.0)), "loss", "weight_norm");
        Assert.NotEqual(calm.Of("loss", 100, 0), moved.Of("loss", 100, 0));
        var (before, after) = (calm.Of("weight_norm", 100, 0, "", "W2")[0], moved.Of("weight_norm", 100, 0, "", "W2")[0]);
        Assert.InRange(after / before - 1, -1e-12, 1e-12);
    }

    [Fact]
    public void Students_of_the_largest_depth_are_trained()
    {
        var point = TestPacks.Point(
            ("depth", 256), ("inputs", 3), ("width", 3), ("outputs", 3), ("teacher_width", 3), ("teacher_spectrum", (double[])[1]),
            ("init_scale", 0.5), ("steps", 2));
        var measured = Run(point, "weight_norm");
        // Orthogonal matrices of three rows, scaled; so many halves leave nothing of a gradient.
        foreach (var matrix in (string[])["W1", "W240", "W241", "W256"])
        {
            Assert.Equal(0.5 * Math.Sqrt(3), measured.Of("weight_norm", 2, 0, "", matrix)[0], 1e-12);
        }
    }

    [Fact]
    public void The_last_step_is_reported_before_what_is_measured_there()
    {
        var told = new Told();
        new PackRunner().Run(
            TestPacks.Pack([TestPacks.Trial(TestPacks.Point(("steps", 20)))], 1, ["weight_norm"], 0, 20), told,
            TestContext.Current.CancellationToken);
        Assert.Equal(["measured 0", "trained 20 of 20", "measured 20"], told.Order.Distinct().Where(line => line != "trained 0 of 20"));
    }

    [Fact]
    public void A_folder_without_libtorch_is_one_sentence_with_a_remedy()
    {
        const string Variable = "SWEEPER_LIBTORCH";
        var earlier = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, AppContext.BaseDirectory);
        try
        {
            var error = Assert.Throws<SweepException>(TorchFolders.Find);
            Assert.Equal(ExitCode.Preflight, error.ExitCode);
            Assert.Contains(Variable, error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.Remedy);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, earlier);
        }
    }

    private static Measured Run(Core.Experiments.Point point, params string[] metrics) =>
        TestPacks.Run(TestPacks.Pack([TestPacks.Trial(point)], 1, metrics, point.Integer("steps")));

    private sealed class Told : IMeasurementSink
    {
        public List<string> Order { get; } = [];

        public void Write(PackBlock block) => Order.Add($"measured {block.Step}");

        public void Progress(long step, long lastStep) => Order.Add($"trained {step} of {lastStep}");
    }
}
