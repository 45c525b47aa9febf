using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Training.Metrics;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// Measures a running pack when its schedule says so, and notices lanes that diverged: they are buried, so that no later
/// operation meets their infinities, and leave the measurements.
/// </summary>
internal sealed class SnapshotRecorder
{
    private readonly PackWork work;
    private readonly Program program;
    private readonly IMeasurementSink sink;
    private readonly PackConstants constants;
    private readonly bool[] isAlive;
    private readonly List<Divergence> diverged = [];
    private readonly double[] bounds;
    private int next;

    /// <param name="work">What is trained and measured.</param>
    /// <param name="program">Its program.</param>
    /// <param name="sink">Takes the measurements.</param>
    /// <param name="scope">Lives as long as the pack.</param>
    public SnapshotRecorder(PackWork work, Program program, IMeasurementSink sink, DisposeScope scope)
    {
        this.work = work;
        this.program = program;
        this.sink = sink;
        constants = new PackConstants(scope);
        isAlive = new bool[work.Pack.Lanes];
        Array.Fill(isAlive, true);
        bounds = Bounds();
    }

    /// <summary>Trials that diverged so far.</summary>
    public ImmutableArray<Divergence> Diverged => [.. diverged];

    /// <summary>Step of the next measurement, or the largest number when there is none.</summary>
    public long NextStep => next < work.Schedule.Snapshots.Length ? work.Schedule.Snapshots[next].Step : long.MaxValue;

    /// <summary>Whether anything is left to measure.</summary>
    public bool IsExpecting => NextStep != long.MaxValue && work.Wanted.Any(trial => isAlive[trial]);

    /// <summary>Measures when this is the step to.</summary>
    public void RecordIfDue(TrainingState state)
    {
        if (state.Step != NextStep)
        {
            return;
        }

        var due = work.Schedule.Snapshots[next++];
        using var scope = NewDisposeScope();
        var snapshot = new NetworkSnapshot(program, state.Parameters, constants);
        if (BuryDiverged(state, snapshot))
        {
            snapshot = new NetworkSnapshot(program, state.Parameters, constants);
        }

        int[] trials = [.. work.Wanted.Where(trial => isAlive[trial])];
        if (trials.Length == 0)
        {
            return;
        }

        foreach (var metric in due.Metrics)
        {
            foreach (var values in MetricCatalog.All[metric.Name].Measure(snapshot))
            {
                sink.Write(Block(due.Step, metric.Name, values, trials));
            }
        }
    }

    private double[] Bounds()
    {
        using var _ = NewDisposeScope();
        var training = program.Splits[0].Name;
        var initial = new NetworkSnapshot(program, program.Initial, constants);
        return [.. Numbers(initial.Get(new Losses(training))).Zip(
            Numbers(initial.Get(new TargetPower(training))), (loss, power) => program.DivergenceRatio * (loss + power))];
    }

    /// <summary>Finds and buries lanes that are not finite or far beyond their first loss; says whether there were any.</summary>
    private bool BuryDiverged(TrainingState state, NetworkSnapshot snapshot)
    {
        var losses = Numbers(snapshot.Get(new Losses(program.Splits[0].Name)));
        var isFinite = state.Parameters.Flat.isfinite().all(1).cpu().data<bool>().ToArray();
        var isChanged = false;
        for (var lane = 0; lane < losses.Length; lane++)
        {
            if (isFinite[lane] && losses[lane] <= bounds[lane])
            {
                continue;
            }

            isChanged = true;
            if (isAlive[lane] && lane < work.Trials.Length)
            {
                diverged.Add(new Divergence(lane, state.Step));
            }

            isAlive[lane] = false;
        }

        if (isChanged)
        {
            state.Bury(tensor(Array.ConvertAll(isAlive, alive => !alive), device: state.Parameters.Flat.device).view(-1, 1));
        }

        return isChanged;
    }

    private static MeasurementBlock Block(long step, string metric, MetricValues measured, int[] trials)
    {
        var values = Numbers(measured.Values);
        var width = values.Length / (int)measured.Values.shape[0];
        var chosen = new double[trials.Length * width];
        for (var row = 0; row < trials.Length; row++)
        {
            values.AsSpan(trials[row] * width, width).CopyTo(chosen.AsSpan(row * width));
        }

        return new MeasurementBlock(step, new SeriesKey(MeasurementSource.Run, metric, measured.Split, measured.Component), trials, width, chosen);
    }

    /// <summary>On the host, in double; what is not finite is undefined.</summary>
    private static double[] Numbers(Tensor values) => Array.ConvertAll(
        values.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray(), value => double.IsFinite(value) ? value : double.NaN);
}
