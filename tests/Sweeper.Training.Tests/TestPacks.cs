using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Running;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests;

/// <summary>Packs of sweeps and, of `teacher-student`, made by hand; what was measured of them.</summary>
internal static class TestPacks
{
    private static readonly ExperimentDeclaration Experiment =
        new ExperimentCatalog().All.Single(declared => declared.Name == "teacher-student");

    /// <summary>A point: small and in float64 where nothing else is said.</summary>
    public static Point Point(params ReadOnlySpan<(string Name, object Value)> values)
    {
        Value[] complete = [.. Experiment.Hyperparameters.Select(declared => declared.Default)];
        foreach (var (name, value) in (ReadOnlySpan<(string, object)>)
            [("dtype", "float64"), ("train_examples", 24), ("validation_examples", 16), ("steps", 100), .. values])
        {
            complete[Experiment.IndexOf(name)] = value switch
            {
                int number => new Value.Integer(number),
                double number => new Value.Real(number),
                bool flag => new Value.Flag(flag),
                double[] numbers => new Value.Vector([.. numbers]),
                string word => new Value.Choice(word),
                _ => throw new ArgumentException(name),
            };
        }

        var point = new Point(Experiment, [.. complete]);
        return Experiment.BrokenBy(point) is { } broken ? throw new ArgumentException(broken.Broken(point)) : point;
    }

    public static Trial Trial(Point point, long seed = 0) =>
        new(point, seed) { CurveId = new CurveId("curve"), Id = new TrialId($"trial-{seed}") };

    /// <summary>The program of a sweep's first pack, on the CPU.</summary>
    public static Program Program(IExperiment experiment, SweepPlan plan) =>
        Program(experiment, plan.WorkFor(plan.Packs[0], static (_, _) => true));

    /// <summary>The program of a sweep that has one pack.</summary>
    public static Program Program(IExperiment experiment, string yaml) =>
        Program(experiment, Work($"experiment: {experiment.Declaration.Name}\n{yaml}"));

    /// <summary>The program of a pack.</summary>
    public static Program Program(IExperiment experiment, PackWork work) => experiment.Build(new PackContext(work, CPU));

    /// <summary>The one pack of a sweep as it is written, without its name.</summary>
    public static PackWork Work(string yaml)
    {
        var plan = SweepPlan.Parse($"sweep: a\n{yaml}", new ExperimentCatalog());
        return plan.WorkFor(Assert.Single(plan.Packs), static (_, _) => true);
    }

    /// <summary>What a pack measures.</summary>
    public static Measured Run(PackWork work)
    {
        var measured = new Measured();
        new PackRunner().Run(work, measured, TestContext.Current.CancellationToken);
        return measured;
    }

    /// <summary>A pack of trials that measures some metrics at some steps.</summary>
    public static PackWork Pack(ImmutableArray<Trial> trials, int lanes, string[] metrics, params long[] steps) => new(
        new Pack(new PackId("test-0"), 0, trials.Length, lanes), Experiment, trials, [.. Enumerable.Range(0, trials.Length)],
        new MeasureSchedule([.. steps.Select(step => new Snapshot(step, [.. metrics.Select(metric => new MetricVersion(metric, 1))]))]));
}

/// <summary>Keeps what a pack measures.</summary>
internal sealed class Measured : IMeasurementSink
{
    public List<MeasurementBlock> Blocks { get; } = [];

    /// <summary>Kept parameters.</summary>
    public List<WeightsBlock> Weights { get; } = [];

    /// <summary>Both, as they came.</summary>
    public List<PackBlock> All { get; } = [];

    public void Write(PackBlock block)
    {
        All.Add(block);
        switch (block)
        {
            case MeasurementBlock measured:
                Blocks.Add(measured);
                break;
            case WeightsBlock kept:
                Weights.Add(kept);
                break;
        }
    }

    public void Progress(long step, long lastStep)
    {
    }

    /// <summary>Values of one trial.</summary>
    public double[] Of(string metric, long step, int trial, string split = "train", string component = "", int member = 0)
    {
        var block = Blocks.Single(block =>
            block.Step == step && block.Series.Metric == metric && block.Series.Split == split
            && block.Series.Component == component && block.Series.Member == member && block.Trials.Span.Contains(trial));
        var row = block.Trials.Span.IndexOf(trial);
        return block.Values.Slice(row * block.Width, block.Width).ToArray();
    }
}
