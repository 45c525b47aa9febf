using System.Diagnostics;
using System.Runtime.InteropServices;
using Sweeper.Core.Errors;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Trains and measures packs on one device. All tensors of a pack live and die on the calling thread.</summary>
public sealed class PackRunner : IPackRunner
{
    private const int StepsBetweenChecks = 8;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);
    private readonly string device;
    private readonly IEngine engine;
    private readonly ExperimentCatalog experiments;

    /// <param name="device">`cpu`, `cuda:0`, ...; one of <see cref="TorchDescription.Devices"/>.</param>
    public PackRunner(string device = "cpu")
        : this(device, new TorchEngine(), new ExperimentCatalog())
    {
    }

    internal PackRunner(string device, IEngine engine, ExperimentCatalog experiments)
    {
        this.experiments = experiments;
        this.device = device;
        this.engine = engine;
    }

    /// <summary>What this runner's numbers depend on; loads libtorch.</summary>
    public string Numerics => TorchRuntime.Numerics(device);

    /// <inheritdoc/>
    public PackOutcome Run(PackWork work, IMeasurementSink sink, CancellationToken cancellation)
    {
        TorchRuntime.Ensure();
        try
        {
            return RunProgram(work, sink, cancellation);
        }
        catch (ExternalException fault)
        {
            throw TorchFault.Of(fault);
        }
    }

    private PackOutcome RunProgram(PackWork work, IMeasurementSink sink, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var experiment = experiments.Of(work.Experiment);
        var context = new PackContext(work, new Device(device));
        var program = experiment.Build(context) with { Lanes = context.Map };
        var state = TrainingState.Start(program);
        var recorder = new SnapshotRecorder(work, program, experiment.Metrics, sink, scope);
        var kept = new Dictionary<string, TrainingState>();
        var lastStep = work.Experiment.LastStep(work.Statics);
        foreach (var phase in program.Phases)
        {
            switch (phase)
            {
                case Phase.Train train:
                    GoOn(train.Until, steps => engine.Advance(program, state, steps));
                    break;
                case Phase.Compute compute:
                    GoOn(compute.Until, steps => Repeat(compute.Change, state, steps));
                    break;
                case Phase.Keep keep:
                    kept[keep.Name] = state.Copy();
                    break;
                case Phase.Rewind rewind:
                    state.Rewind(kept[rewind.Name]);
                    break;
                case Phase.Fork fork:
                    Once(() => state.Fork(program.Lanes.Parents(fork.Parents), fork.Batches));
                    break;
                case Phase.Edit edit:
                    Once(() => edit.Change.Apply(state));
                    break;
            }
        }

        recorder.RecordIfDue(state);
        recorder.End(state);
        sink.Progress(state.Step, lastStep);
        return new PackOutcome(recorder.Diverged);

        void GoOn(long until, Action<long> advance)
        {
            var sinceProgress = Stopwatch.StartNew();
            while (state.Step < until && recorder.IsExpecting)
            {
                cancellation.ThrowIfCancellationRequested();
                Failpoint.Hit("train");
                // Only when it goes on: an edit at this step comes before the measurement.
                recorder.RecordIfDue(state);
                var target = Math.Min(Math.Min(until, recorder.NextStep), state.Step + StepsBetweenChecks);
                advance(target - state.Step);
                if (sinceProgress.Elapsed >= ProgressInterval)
                {
                    sink.Progress(state.Step, lastStep);
                    sinceProgress.Restart();
                }
            }
        }
    }

    private static void Repeat(IEdit change, TrainingState state, long steps)
    {
        for (var i = 0L; i < steps; i++)
        {
            Once(() => change.Apply(state));
            state.CountStep();
        }
    }

    private static void Once(Action change)
    {
        using var scope = NewDisposeScope();
        change();
    }
}
