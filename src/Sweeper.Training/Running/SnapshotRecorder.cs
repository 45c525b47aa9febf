using System.Collections.Frozen;
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
    private readonly FrozenDictionary<string, IMetric> metrics;
    private readonly PackConstants constants;
    private readonly bool[] isAlive;
    private readonly List<Divergence> diverged = [];
    private readonly double[] bounds;
    private readonly FrozenDictionary<long, ImmutableArray<MetricVersion>> asked;
    private readonly ImmutableArray<long> due;
    private int next;

    /// <param name="work">What is trained and measured.</param>
    /// <param name="program">Its program.</param>
    /// <param name="metrics">What its experiment can measure.</param>
    /// <param name="sink">Takes the measurements.</param>
    /// <param name="scope">Lives as long as the pack.</param>
    public SnapshotRecorder(PackWork work, Program program, ImmutableArray<IMetric> metrics, IMeasurementSink sink, DisposeScope scope)
    {
        this.work = work;
        this.program = program;
        this.sink = sink;
        this.metrics = metrics.ToFrozenDictionary(metric => metric.Name);
        constants = new PackConstants(scope);
        isAlive = new bool[program.Lanes.Trials];
        Array.Fill(isAlive, true);
        bounds = Bounds();
        asked = work.Schedule.Snapshots.ToFrozenDictionary(snapshot => snapshot.Step, snapshot => snapshot.Metrics);
        due = [.. asked.Keys.Union(work.Schedule.WeightsAt).Order()];
    }

    /// <summary>Trials that diverged so far.</summary>
    public ImmutableArray<Divergence> Diverged => [.. diverged];

    /// <summary>Step of the next measurement or weights to be kept, or the largest number when there is none.</summary>
    public long NextStep => next < due.Length ? due[next] : long.MaxValue;

    /// <summary>Whether anything is left to measure.</summary>
    public bool IsExpecting => NextStep != long.MaxValue && work.Wanted.Any(trial => isAlive[trial]);

    /// <summary>Measures when this is the step to.</summary>
    public void RecordIfDue(TrainingState state)
    {
        if (state.Step != NextStep)
        {
            return;
        }

        next++;
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

        foreach (var metric in asked.TryGetValue(state.Step, out var named) ? named : [])
        {
            foreach (var values in metrics[metric.Name].Measure(snapshot))
            {
                Write(state.Step, metrics[metric.Name], values, trials);
            }
        }

        if (work.Schedule.WeightsAt.Contains(state.Step))
        {
            KeepWeights(state, trials);
        }
    }

    private void KeepWeights(TrainingState state, int[] trials)
    {
        foreach (var (index, parameter) in state.Parameters.Layout.Parameters.Index())
        {
            for (var member = 0; member < program.Lanes.Members; member++)
            {
                var series = new SeriesKey(MeasurementSource.Weights, "", "", parameter.Name, member);
                var values = program.Lanes.Of(member, state.Parameters[index].flatten(1));
                sink.Write(Block(state.Step, series, values, trials) with { Shape = parameter.Shape.Select(side => (int)side).ToArray() });
            }
        }
    }

    private void Write(long step, IMetric metric, MetricValues measured, int[] trials)
    {
        if (!metric.IsPerMember)
        {
            sink.Write(Block(step, Series(0), measured.Values, trials));
            return;
        }

        for (var member = 0; member < program.Lanes.Members; member++)
        {
            sink.Write(Block(step, Series(member), program.Lanes.Of(member, measured.Values), trials));
        }

        SeriesKey Series(int member) => new(MeasurementSource.Run, metric.Name, measured.Split, measured.Component, member);
    }

    /// <summary>Largest training loss of each lane; none where nothing is lost.</summary>
    private double[] Bounds()
    {
        if (program.Splits.IsEmpty || program.Reported is not { } reported)
        {
            return [];
        }

        using var _ = NewDisposeScope();
        var training = program.Splits[0];
        var initial = new NetworkSnapshot(program, program.Initial, constants);
        var zero = reported.Loss(zeros_like(initial.Get(new Outputs(training.Name))), training.Targets);
        return [.. Numbers(initial.Get(new Losses(training.Name))).Zip(Numbers(zero), (loss, silent) => program.DivergenceRatio * (loss + silent))];
    }

    /// <summary>
    /// Finds and buries trials with a network that is not finite or far beyond its first loss, with all their members; says
    /// whether there were any.
    /// </summary>
    private bool BuryDiverged(TrainingState state, NetworkSnapshot snapshot)
    {
        var losses = bounds.Length == 0 ? [] : Numbers(snapshot.Get(new Losses(program.Splits[0].Name)));
        var isFinite = state.Parameters.Flat.isfinite().all(1).cpu().data<bool>().ToArray();
        var isDead = new bool[isFinite.Length];
        var isChanged = false;
        for (var lane = 0; lane < isFinite.Length; lane++)
        {
            isDead[lane] = !isFinite[lane] || (bounds.Length > 0 && !(losses[lane] <= bounds[lane]));
            isChanged |= isDead[lane];
            var trial = lane / program.Lanes.Members;
            if (!isDead[lane] || trial >= isAlive.Length)
            {
                continue;
            }

            if (isAlive[trial] && trial < work.Trials.Length)
            {
                diverged.Add(new Divergence(trial, state.Step));
            }

            isAlive[trial] = false;
        }

        if (isChanged)
        {
            var buried = isDead.Select((dead, lane) => dead || (lane / program.Lanes.Members is var trial && trial < isAlive.Length && !isAlive[trial]));
            state.Bury(tensor([.. buried], device: state.Parameters.Flat.device).view(-1, 1));
        }

        return isChanged;
    }

    private static MeasurementBlock Block(long step, SeriesKey series, Tensor ofTrials, int[] trials)
    {
        var values = Numbers(ofTrials);
        var width = values.Length / (int)ofTrials.shape[0];
        var chosen = new double[trials.Length * width];
        for (var row = 0; row < trials.Length; row++)
        {
            values.AsSpan(trials[row] * width, width).CopyTo(chosen.AsSpan(row * width));
        }

        return new MeasurementBlock(step, series, trials, width, chosen);
    }

    /// <summary>On the host, in double; what is not finite is undefined.</summary>
    private static double[] Numbers(Tensor values) => Array.ConvertAll(
        values.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray(), value => double.IsFinite(value) ? value : double.NaN);
}
