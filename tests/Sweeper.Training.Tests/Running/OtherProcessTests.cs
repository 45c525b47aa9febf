using System.Diagnostics;
using System.Globalization;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Training.Experiments;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Phases;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Running;

/// <summary>What one process begins, another one ends: its checkpoints are all that they have in common.</summary>
public sealed class OtherProcessTests
{
    private const string Folder = "SWEEPER_TEST_CHECKPOINTS";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public void What_pauses_in_this_process_and_goes_on_in_another_ends_to_the_bit_as_what_never_stopped()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20);
        var expected = PausingSweeps.All.Select((sweep, number) => Begin(sweep, Path.Combine(folder.Path, $"{number}"), random)).ToList();
        var output = RunAnother(folder.Path);

        for (var number = 0; number < expected.Count; number++)
        {
            var rows = Path.Combine(folder.Path, $"{number}.rows");
            Assert.True(File.Exists(rows), output);
            Assert.Equal(expected[number], File.ReadAllLines(rows));
        }
    }

    [Fact(Explicit = true)]
    public void The_other_process_goes_on()
    {
        var folder = Environment.GetEnvironmentVariable(Folder)!;
        for (var number = 0; number < PausingSweeps.All.Length; number++)
        {
            var (paused, path) = (new Measured(), Path.Combine(folder, $"{number}"));
            var from = new PackCheckpoint(
                long.Parse(File.ReadAllText(path + ".step"), CultureInfo.InvariantCulture), File.ReadAllBytes(path + ".checkpoint"));
            var outcome = PausingRun.Of(PausingSweeps.Work(PausingSweeps.All[number]), paused, from, Timeout.Infinite);
            File.WriteAllLines(path + ".rows", End(paused, outcome));
        }
    }

    [Fact]
    public void They_have_every_experiment_every_optimizer_and_every_kind_of_phase()
    {
        var works = PausingSweeps.All.Select(sweep => PausingSweeps.Work(sweep)).ToList();
        // All that train: a step is what is paused before.
        var trained = new ExperimentCatalog().All.Where(experiment => experiment.Hyperparameters[experiment.IndexOf("steps")].Maximum > 0);
        Assert.Subset(
            works.Select(work => work.Experiment.Name).ToHashSet(), trained.Select(experiment => experiment.Name).ToHashSet());
        Assert.Subset(
            works.Where(work => work.Experiment.Hyperparameters.Any(one => one.Name == "optimizer"))
                .Select(work => work.Statics.Choice("optimizer")).ToHashSet(),
            OptimizerSettings.Family("gd").Choices.ToHashSet());

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var phases = works.SelectMany(work => PausingSweeps.Catalog.Of(work.Experiment).Build(new PackContext(work, CPU)).Phases)
            .Select(phase => phase.GetType());
        Assert.Equal(typeof(Phase).GetNestedTypes().Select(type => type.Name).Order(), phases.Select(type => type.Name).Distinct().Order());
    }

    /// <summary>Trains a sweep whole, and again up to a pause; leaves the checkpoint and says what must come after it.</summary>
    private static List<string> Begin(string sweep, string path, Random random)
    {
        var (whole, begun, work) = (new Measured(), new Measured(), PausingSweeps.Work(sweep));
        var outcome = PausingRun.Of(work, whole, null, Timeout.Infinite);
        PackCheckpoint? checkpoint = null;
        for (var pauses = random.Next(1, work.Schedule.Snapshots.Length); pauses > 0; pauses--)
        {
            checkpoint = PausingRun.Of(PausingSweeps.Work(sweep), begun, checkpoint, 0).Checkpoint;
        }

        File.WriteAllText(path + ".step", checkpoint!.Step.ToString(CultureInfo.InvariantCulture));
        File.WriteAllBytes(path + ".checkpoint", checkpoint.Content.ToArray());
        var lines = End(whole, outcome);
        Assert.Equal(begun.Lines(), lines.Take(begun.All.Count));
        Assert.Contains(whole.All.Skip(begun.All.Count), block => block is WeightsBlock);
        return lines[begun.All.Count..];
    }

    private static List<string> End(Measured measured, PackOutcome outcome) =>
        [.. measured.Lines(), $"diverged {string.Join(' ', outcome.Diverged)}"];

    /// <summary>This program once more, for the one test that only it runs.</summary>
    private static string RunAnother(string folder)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(OtherProcessTests).Assembly.Location, "-explicit", "only", "-method",
                $"{typeof(OtherProcessTests).FullName}.{nameof(The_other_process_goes_on)}",
            ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[Folder] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
        }

        return output.Result + error.Result;
    }
}
