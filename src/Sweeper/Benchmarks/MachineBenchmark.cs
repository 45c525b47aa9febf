using System.Collections.Immutable;
using Sweeper.Composition;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Probes;

namespace Sweeper.Benchmarks;

/// <summary>What this machine does, measured in less than a minute on an idle machine, by one worker.</summary>
/// <param name="Numerics">What the worker computes with.</param>
/// <param name="Workers">Workers that a sweep has here.</param>
/// <param name="OperationsPerSecond">Multiplications and additions of one core, float32, in registers.</param>
/// <param name="BytesPerSecond">Bytes that one core reads from memory.</param>
/// <param name="Trained">Training, by shape of the networks.</param>
/// <param name="SnapshotExamplesPerSecond">Examples a second of a measurement of modes and alignments.</param>
/// <param name="QuickstartSeconds">What the quickstart would train with all workers.</param>
internal sealed record MachineBenchmark(
    string Numerics, int Workers, double OperationsPerSecond, double BytesPerSecond, ImmutableArray<TrainedShape> Trained,
    double SnapshotExamplesPerSecond, double QuickstartSeconds)
{
    private const int Snapshots = 8;

    /// <summary>Measures it.</summary>
    /// <param name="device">`cpu`, `cuda:0`, ...</param>
    /// <param name="asked">The engine; null for what a sweep takes that names none.</param>
    /// <param name="lanes">Networks side by side; null for some tens.</param>
    /// <param name="longer">How many times the usual steps are done, so that a fast device takes a while.</param>
    public static MachineBenchmark Measure(string device, EngineKind? asked, int? lanes, int longer)
    {
        var worker = CompositionRoot.Worker(device, device);
        var workers = Math.Max(1, CompositionRoot.Workers().Count(one => one.Device == device));
        var runner = worker.CreateRunner();
        var engine = asked ?? UsualEngine.Of(device);
        return engine != EngineKind.Torch && NumericsClass.EngineOf(worker.Numerics) != engine
            ? throw CompositionRoot.HasNot(engine, [worker])
            : new MachineBenchmark(
                worker.Numerics, workers, MultiplyAddRate.Measure(), MemoryBandwidth.Measure(),
                [.. Shapes(lanes, longer).Select(shape => TrainedShape.Measure(shape, runner, engine))],
                SnapshotExamples(runner, engine), QuickstartEstimate.SecondsOfOneWorker(runner, engine) / workers);
    }

    private static ImmutableArray<TrainingShape> Shapes(int? lanes, int longer) =>
    [
        TrainingShape.Student(12, examples: 24, lanes ?? 64, steps: longer * 500),
        TrainingShape.Student(12, examples: 256, lanes ?? 64, steps: longer * 200),
        TrainingShape.Student(64, examples: 256, lanes ?? 16, steps: longer * 40),
        TrainingShape.Classifier(64, width: 96, depth: 4, lanes ?? 16, steps: longer * 60),
    ];

    private static double SnapshotExamples(IPackRunner runner, EngineKind engine)
    {
        var plan = SweepPlan.Parse(
            $$"""
            sweep: bench
            experiment: teacher-student
            fixed: { learning_rate: 2e-4, steps: {{Snapshots}} }
            seeds: 16
            lanes: 16
            measure: [ { at: { every: 1 }, metrics: [mode_strength, alignment_left, alignment_right, mode_loss] } ]
            """,
            CompositionRoot.Experiments);
        var work = plan.WorkFor(plan.Packs.Single(), (_, _) => true).By(engine);
        var examples = work.Trials.Length * (work.Statics.Integer("train_examples") + work.Statics.Integer("validation_examples"));
        return Snapshots * examples / TimedPack.Train(runner, work).Seconds;
    }
}
