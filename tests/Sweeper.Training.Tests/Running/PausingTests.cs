using System.Text.Json;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Running;
using Sweeper.Training.Tests.Seams;
using Xunit;

namespace Sweeper.Training.Tests.Running;

/// <summary>A pack that stops at a step and goes on from the bytes of its checkpoint in a fresh runner is the pack that never stopped.</summary>
public sealed class PausingTests
{
    private const int Pauses = 3;

    private static readonly ExperimentCatalog Catalog = new(
        [new TeacherStudent(), new MlpClassifier(), new LatentAutoencoder(), new MaskAndRewind(), new MatrixProducts(), new FrozenGates(), new TwoHeads(), new BranchedRegression()]);

    /// <summary>Every experiment, optimizer and kind of phase.</summary>
    public static TheoryData<string> Sweeps { get; } =
    [
        Student("optimizer: gd", "weight_decay: [0, 0.1]"),
        Student("optimizer: gd, perturbation_step: 7, dtype: float64", "perturbation: [0, 0.5]"),
        Student("optimizer: sgd, batch: 5", "momentum: [0, 0.9]"),
        Student("optimizer: adam, batch: 16, residual_teacher: true, noise: 1", "weight_decay: [0, 0.1]"),
        Student("optimizer: adamw, depth: 3, noise_seed: 3", "weight_decay: [0, 0.1]"),
        Classifier("optimizer: sgd, warmup_steps: 4, rate_decay: cosine", "momentum: [0.5, 0.9]"),
        Classifier("optimizer: adamw, rate_drops: [3, 9], trunks: 2, branches: 2, split_step: 6, perturbation: 0.2", "weight_decay: [0, 0.1]"),
        Classifier("optimizer: adam, branches: 3, split_step: 8, branch_order: trunk", "label_noise: [0, 0.5]"),
        "experiment: latent-autoencoder\nfixed: { steps: 12, train_examples: 8, validation_examples: 4, channels: 2, teacher_steps: 2, teacher_batch: 4, learning_rate: 1e-3 }"
            + "\ngrid: { init_scale: [0.3, 0.6] }" + Measuring("loss, mode_strength"),
        "experiment: mask-and-rewind\nfixed: { steps: 8, rewind: 3 }\ngrid: { keep: [0.25, 1] }" + Measuring("loss, weight_norm, survivors"),
        "experiment: matrix-products\nfixed: { steps: 12 }\ngrid: { seed_of_all: [-1, 3] }" + Measuring("singular_values"),
        "experiment: frozen-gates\nfixed: { steps: 12 }\ngrid: { open: [0.5, 1] }" + Measuring("loss, open_gates, unheard"),
        "experiment: two-heads\nfixed: { steps: 12 }\ngrid: { learning_rate: [0.01, 0.1] }" + Measuring("loss, head_loss"),
        "experiment: branched-regression\nfixed: { steps: 12, branches: 2, split_step: 5, optimizer: sgd }\ngrid: { learning_rate: [0.01, 0.1] }" + Measuring("loss"),
    ];

    [Theory, MemberData(nameof(Sweeps))]
    public void A_pack_that_pauses_at_random_steps_measures_and_ends_to_the_bit_as_one_that_never_paused(string sweep)
    {
        var whole = new Measured();
        var random = new Random(sweep.Length);
        var work = Work(sweep);
        var expected = Run(work, whole, null, Timeout.Infinite);
        Assert.Null(expected.Checkpoint);

        var parts = new Measured();
        var steps = work.Schedule.Snapshots.Select(snapshot => snapshot.Step).SkipLast(1).OrderBy(_ => random.Next()).Take(Pauses).Order().ToList();
        PackCheckpoint? checkpoint = null;
        foreach (var step in steps)
        {
            checkpoint = Run(Work(sweep), parts, checkpoint, step).Checkpoint;
            Assert.Equal(step, checkpoint!.Step);
        }

        var outcome = Run(Work(sweep), parts, checkpoint, Timeout.Infinite);
        Assert.Null(outcome.Checkpoint);
        Assert.Equal(expected.Diverged, outcome.Diverged);
        AssertSame(whole, parts);
    }

    [Fact]
    public void A_pack_that_pauses_at_every_measurement_is_the_same_too_and_remembers_who_diverged()
    {
        var sweep = Student("optimizer: adam, batch: 5", "learning_rate: [0.01, 1e30]");
        var whole = new Measured();
        var expected = Run(Work(sweep), whole, null, Timeout.Infinite);
        Assert.NotEmpty(expected.Diverged);

        var parts = new Measured();
        var outcome = Run(Work(sweep), parts, null, 0);
        var pauses = 0;
        for (; outcome.Checkpoint is { } checkpoint; pauses++)
        {
            outcome = Run(Work(sweep), parts, checkpoint, 0);
        }

        Assert.Equal(Work(sweep).Schedule.Snapshots.Length - 1, pauses);
        Assert.Equal(expected.Diverged, outcome.Diverged);
        AssertSame(whole, parts);
    }

    [Fact]
    public void A_pack_that_measures_backwards_from_its_end_does_not_pause()
    {
        var sweep = Student("optimizer: gd", "noise: [0, 1]").Replace("relative_loss", "final_agreement", StringComparison.Ordinal);
        Assert.Null(Run(Work(sweep), new Measured(), null, 0).Checkpoint);
    }

    [Fact]
    public void A_checkpoint_is_a_safetensors_file_and_one_of_another_program_is_refused()
    {
        var checkpoint = Run(Work(Student("optimizer: adam", "noise: [0, 1]")), new Measured(), null, 3).Checkpoint!;
        var length = (int)BitConverter.ToInt64(checkpoint.Content.Span);
        using var header = JsonDocument.Parse(checkpoint.Content.Slice(8, length));
        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal("F32", header.RootElement.GetProperty("state.moment.1").GetProperty("dtype").GetString());
        Assert.Equal("3", header.RootElement.GetProperty("__metadata__").GetProperty("state.updates").GetString());

        var other = Work(Student("optimizer: adam, depth: 3", "noise: [0, 1]"));
        Assert.Contains("another program", Assert.Throws<InvalidDataException>(() => Run(other, new Measured(), checkpoint, 9)).Message);
        Assert.Throws<InvalidDataException>(() => Run(other, new Measured(), new PackCheckpoint(3, new byte[64]), 9));
    }

    private static string Student(string settings, string axis) =>
        $"experiment: teacher-student\nfixed: {{ steps: 14, width: 5, inputs: 6, outputs: 4, train_examples: 24, validation_examples: 8, teacher_spectrum: [3, 1], {settings} }}"
        + $"\ngrid: {{ {axis} }}" + Measuring("relative_loss, mode_strength");

    private static string Classifier(string settings, string axis) =>
        "experiment: mlp-classifier\nfixed: { steps: 14, depth: 3, width: 6, inputs: 4, classes: 3, train_examples: 20, validation_examples: 8, batch: 8, learning_rate: 0.05, "
        + $"{settings} }}\ngrid: {{ {axis} }}" + Measuring("loss, accuracy, weight_norm");

    private static string Measuring(string metrics) =>
        $"\nsweep: pausing\nseeds: 2\nkeep: {{ weights: snapshots }}\nmeasure: [ {{ at: {{ every: 1 }}, metrics: [{metrics}] }} ]";

    private static PackWork Work(string sweep)
    {
        var plan = SweepPlan.Parse(sweep, Catalog);
        return plan.WorkFor(plan.Packs[0], static (_, _) => true);
    }

    /// <summary>Asks for a pause when something of this step is measured; every run is a new runner's.</summary>
    private static PackOutcome Run(PackWork work, Measured measured, PackCheckpoint? from, long pauseAt)
    {
        using var asked = new CancellationTokenSource();
        var sink = new Asking(measured, step =>
        {
            if (pauseAt >= 0 && step >= pauseAt)
            {
                asked.Cancel();
            }
        });
        return new PackRunner("cpu", new TorchEngine(), Catalog).Run(
            work, sink, TestContext.Current.CancellationToken, new PackPauses(from?.Content, TimeSpan.FromHours(1), asked.Token));
    }

    private static void AssertSame(Measured whole, Measured parts)
    {
        Assert.Contains(whole.Blocks, block => block.Series.Source == MeasurementSource.Weights);
        Assert.Equal(whole.Blocks.Select(block => (block.Step, block.Series)), parts.Blocks.Select(block => (block.Step, block.Series)));
        foreach (var (expected, actual) in whole.Blocks.Zip(parts.Blocks))
        {
            Assert.Equal(expected.Trials.ToArray(), actual.Trials.ToArray());
            Assert.Equal(Array.ConvertAll(expected.Values.ToArray(), BitConverter.DoubleToInt64Bits), Array.ConvertAll(actual.Values.ToArray(), BitConverter.DoubleToInt64Bits));
        }
    }

    private sealed class Asking(Measured measured, Action<long> seen) : IMeasurementSink
    {
        public void Write(MeasurementBlock block)
        {
            measured.Write(block);
            seen(block.Step);
        }

        public void Progress(long step, long lastStep)
        {
        }
    }
}
