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

    /// <param name="device">`cpu`, `cuda:0`, ...; one of <see cref="TorchDescription.Devices"/>.</param>
    public PackRunner(string device = "cpu")
        : this(device, new TorchEngine())
    {
    }

    internal PackRunner(string device, IEngine engine)
    {
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
        var program = ExperimentCatalog.Of(work.Experiment).Build(new PackContext(work, new Device(device)));
        var state = TrainingState.Start(program);
        var recorder = new SnapshotRecorder(work, program, sink, scope);
        var lastStep = work.Experiment.LastStep(work.Statics);
        foreach (var phase in program.Phases)
        {
            switch (phase)
            {
                case Phase.Edit edit:
                    using (NewDisposeScope())
                    {
                        edit.Change.Apply(state.Parameters);
                    }

                    break;
                case Phase.Train train:
                    Train(train.Until);
                    break;
            }
        }

        recorder.RecordIfDue(state);
        sink.Progress(state.Step, lastStep);
        return new PackOutcome(recorder.Diverged);

        void Train(long until)
        {
            var sinceProgress = Stopwatch.StartNew();
            while (state.Step < until && recorder.IsExpecting)
            {
                cancellation.ThrowIfCancellationRequested();
                Failpoint.Hit("train");
                // Only when training goes on: an edit at this step comes before the measurement.
                recorder.RecordIfDue(state);
                var target = Math.Min(Math.Min(until, recorder.NextStep), state.Step + StepsBetweenChecks);
                engine.Advance(program, state, target - state.Step);
                if (sinceProgress.Elapsed >= ProgressInterval)
                {
                    sink.Progress(state.Step, lastStep);
                    sinceProgress.Restart();
                }
            }
        }
    }
}
