using System.Diagnostics;
using System.Runtime.InteropServices;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Trains and measures packs on one device. All tensors of a pack live and die on the calling thread.</summary>
public sealed class PackRunner : IPackRunner
{
    private readonly string device;
    private readonly ExperimentCatalog experiments;

    /// <param name="device">`cpu`, `cuda:0`, ...; one of <see cref="TorchDescription.Devices"/>.</param>
    public PackRunner(string device = "cpu")
        : this(device, new ExperimentCatalog())
    {
    }

    internal PackRunner(string device, ExperimentCatalog experiments)
    {
        this.experiments = experiments;
        this.device = device;
    }

    /// <summary>What this runner's numbers depend on; loads libtorch.</summary>
    public string Numerics => TorchRuntime.Numerics(device);

    /// <inheritdoc/>
    public PackOutcome Run(PackWork work, IMeasurementSink sink, CancellationToken cancellation, PackPauses? pauses = null)
    {
        TorchRuntime.Ensure();
        try
        {
            return RunProgram(work, sink, pauses, cancellation);
        }
        catch (ExternalException fault)
        {
            throw TorchFault.Of(fault);
        }
    }

    private PackOutcome RunProgram(PackWork work, IMeasurementSink sink, PackPauses? pauses, CancellationToken cancellation)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var building = Stopwatch.StartNew();
        var experiment = experiments.Of(work.Experiment);
        var context = new PackContext(work, new Device(device));
        var program = Build(experiment, context) with { Lanes = context.Map, Wanted = context.Wanted };
        using var engine = EngineRule.Of(program, work);
        using var recorder = new SnapshotRecorder(work, program, experiment.Metrics, sink, scope);
        var progress = new ProgressReport(sink, work.Experiment.LastStep(work.Statics));
        var run = pauses?.From is { } content
            ? ProgramRun.Load(StateArchive.Of(content, context.Device), program, engine, recorder, progress)
            : new ProgramRun(program, engine, recorder, progress, TrainingState.Start(program));
        var rule = pauses is null ? PauseRule.Never : new PauseRule(pauses, building.Elapsed);
        return run.Run(rule, cancellation);
    }

    /// <summary>The program of a pack. Throws <see cref="SweepException"/> for faults of the experiment's code.</summary>
    internal static Program Build(IExperiment experiment, PackContext context)
    {
        try
        {
            return experiment.Build(context);
        }
        catch (Exception cause) when (ExperimentFault.IsOfCode(cause) && !TorchFault.IsMemory(cause))
        {
            throw ExperimentFault.At("Build", cause, experiment.GetType(), context.Statics);
        }
    }
}
