using System.Collections.Frozen;
using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// Measures a running pack when its schedule says so, and notices lanes that diverged: they are buried, so that no later
/// operation meets their infinities, and leave the measurements.
/// </summary>
internal sealed class SnapshotRecorder : IDisposable
{
    private const long Never = -1;
    private readonly PackWork work;
    private readonly Program program;
    private readonly BlockOrder blocks;
    private readonly FrozenDictionary<string, Metric> metrics;
    private readonly DisposeScope scope;
    private readonly PackConstants constants;
    private readonly bool[] isAlive;
    private readonly List<Divergence> diverged = [];
    private readonly HashSet<string> counted = [];
    private readonly double[] bounds;
    private readonly FrozenDictionary<long, ImmutableArray<MetricVersion>> asked;
    private readonly ImmutableArray<long> due;
    private NetworkSnapshot? final;
    private int next;

    /// <param name="work">What is trained and measured.</param>
    /// <param name="program">Its program.</param>
    /// <param name="metrics">What its experiment can measure.</param>
    /// <param name="sink">Takes the measurements.</param>
    /// <param name="scope">Lives as long as the pack.</param>
    public SnapshotRecorder(PackWork work, Program program, ImmutableArray<Metric> metrics, IMeasurementSink sink, DisposeScope scope)
    {
        this.work = work;
        this.program = program;
        blocks = new BlockOrder(sink);
        this.metrics = metrics.ToFrozenDictionary(metric => metric.Name);
        this.scope = scope;
        constants = new PackConstants(scope);
        isAlive = new bool[program.Lanes.Trials];
        Array.Fill(isAlive, true);
        bounds = Bounds();
        asked = work.Schedule.Snapshots.ToFrozenDictionary(snapshot => snapshot.Step, snapshot => snapshot.Metrics);
        long[] end = asked.Keys.Any(step => LookingBackAt(step).Any()) ? [work.Experiment.LastStep(work.Statics)] : [];
        due = [.. asked.Keys.Union(work.Schedule.WeightsAt).Union(end).Order()];
    }

    /// <summary>
    /// The last step all of whose measurements are written, while later ones are held back until the end; null when none is.
    /// </summary>
    public long? WrittenUpTo => blocks.WrittenUpTo;

    /// <summary>Trials that diverged so far.</summary>
    public ImmutableArray<Divergence> Diverged => [.. diverged];

    /// <summary>Step of the next measurement or weights to be kept, or the largest number when there is none.</summary>
    public long NextStep => next < due.Length ? due[next] : long.MaxValue;

    /// <summary>Whether anything is left to measure.</summary>
    public bool IsExpecting => NextStep != long.MaxValue && work.Wanted.Any(trial => isAlive[trial]);

    /// <inheritdoc/>
    public void Dispose() => constants.Dispose();

    /// <summary>Writes where it is.</summary>
    public void Save(StateArchive archive)
    {
        archive.Put("measured", next);
        archive.Put("alive", tensor(isAlive));
        var at = new long[isAlive.Length];
        Array.Fill(at, Never);
        diverged.ForEach(one => at[one.Trial] = one.Step);
        archive.Put("diverged_at", tensor(at));
        blocks.Save(archive);
    }

    /// <summary>Goes on from there.</summary>
    public void Load(StateArchive archive)
    {
        next = (int)archive.Number("measured");
        archive.Tensor("alive", isAlive.Length).cpu().data<bool>().ToArray().CopyTo(isAlive, 0);
        var at = archive.Tensor("diverged_at", isAlive.Length).cpu().data<long>().ToArray();
        blocks.Load(archive);
        diverged.AddRange(at.Select((step, trial) => new Divergence(trial, step)).Where(one => one.Step != Never).OrderBy(one => one.Step));
    }

    /// <summary>Measures when this is the step to; says whether it was.</summary>
    public bool RecordIfDue(TrainingState state)
    {
        if (state.Step != NextStep)
        {
            return false;
        }

        next++;
        using var passing = NewDisposeScope();
        Metric[] named = [.. NamedAt(state.Step).Where(metric => !metric.LooksBack)];
        var snapshot = SnapshotOf(state.Parameters, named);
        if (BuryDiverged(state, snapshot))
        {
            snapshot = SnapshotOf(state.Parameters, named);
        }

        int[] trials = [.. work.Wanted.Where(trial => isAlive[trial])];
        if (trials.Length == 0)
        {
            return true;
        }

        if (LookingBackAt(state.Step).Any())
        {
            // First, so that the others of this step wait for it.
            blocks.SendAtEnd(new Waiting.AtEnd(state.Step, state.Parameters.Flat.clone().MoveToOtherDisposeScope(scope), trials));
        }

        Measure(state.Step, named, snapshot, trials, blocks.Send);

        if (work.Schedule.WeightsAt.Contains(state.Step))
        {
            KeepWeights(state, trials);
        }

        return true;
    }

    /// <summary>After the last step: measures what looks back from there.</summary>
    public void End(TrainingState state)
    {
        using var passing = NewDisposeScope();
        final = new NetworkSnapshot(program, state.Parameters, constants);
        blocks.End(MeasureAtEnd);
    }

    private NetworkSnapshot SnapshotOf(ParameterSet parameters, IEnumerable<Metric> named) => new(program, parameters, constants)
    {
        Vectors = named.Aggregate(SingularVectors.None, (all, metric) => all | metric.Vectors),
    };

    private IEnumerable<Metric> NamedAt(long step) =>
        asked.TryGetValue(step, out var versions) ? versions.Select(metric => metrics[metric.Name]) : [];

    private IEnumerable<Metric> LookingBackAt(long step) => NamedAt(step).Where(metric => metric.LooksBack);

    private void MeasureAtEnd(Waiting.AtEnd later, Action<MeasurementBlock> write)
    {
        using var passing = NewDisposeScope();
        var snapshot = new NetworkSnapshot(program, new ParameterSet(program.Model.Layout, later.Networks), constants) { Final = final! };
        Measure(later.Step, LookingBackAt(later.Step), snapshot, later.Trials, block => write(DefinedForTheLiving(block)));
        later.Networks.Dispose();
    }

    private MeasurementBlock DefinedForTheLiving(MeasurementBlock block)
    {
        var values = block.Values.ToArray();
        foreach (var (row, _) in block.Trials.ToArray().Index().Where(entry => !isAlive[entry.Item]))
        {
            values.AsSpan(row * block.Width, block.Width).Fill(double.NaN);
        }

        return block with { Values = values };
    }

    private void KeepWeights(TrainingState state, int[] trials)
    {
        var chosen = tensor(Array.ConvertAll(trials, trial => (long)trial), device: state.Parameters.Flat.device);
        foreach (var (index, parameter) in state.Parameters.Layout.Parameters.Index())
        {
            for (var member = 0; member < program.Lanes.Members; member++)
            {
                var values = program.Lanes.Of(member, state.Parameters[index]).index_select(0, chosen).cpu().contiguous();
                blocks.Send(new WeightsBlock(
                    state.Step, parameter.Name, member, trials, NumberTypes.Of(values.dtype),
                    parameter.Shape.Select(side => (int)side).ToArray(), values.bytes.ToArray()));
            }
        }
    }

    private void Measure(long step, IEnumerable<Metric> named, NetworkSnapshot snapshot, int[] trials, Action<MeasurementBlock> send)
    {
        foreach (var (metric, measured) in named.SelectMany(metric => Measured(metric, snapshot), (metric, measured) => (metric, measured)))
        {
            for (var member = 0; member < (metric.IsPerMember ? program.Lanes.Members : 1); member++)
            {
                var series = new SeriesKey(MeasurementSource.Run, metric.Name, measured.Split, measured.Component, member);
                send(Block(step, series, metric.IsPerMember ? program.Lanes.Of(member, measured.Values) : measured.Values, trials));
            }
        }
    }

    private MetricValues[] Measured(Metric metric, NetworkSnapshot snapshot)
    {
        try
        {
            MetricValues[] all = [.. metric.Measure(snapshot).Select(measured => OfAllLanes(metric, measured))];
            if (counted.Add(metric.Name))
            {
                CheckCount(metric, all);
            }

            return all;
        }
        catch (Exception cause) when (ExperimentFault.IsOfCode(cause) && !TorchFault.IsMemory(cause))
        {
            throw ExperimentFault.At($"metric {metric.Name}", cause, metric.Code, work.Statics);
        }
    }

    /// <summary>
    /// Throws where a trial has more or fewer values than planned: rows would be missing, or have nothing that tells them apart.
    /// </summary>
    private void CheckCount(Metric metric, MetricValues[] all)
    {
        var declared = work.Experiment.Metrics.First(one => one.Name == metric.Name);
        var (expected, members) = (declared.RowsPerSnapshot(work.Statics), metric.IsPerMember ? program.Lanes.Members : 1);
        var count = members * all.Sum(measured => measured.Values.numel() / measured.Values.shape[0]);
        if (count != expected)
        {
            throw new InvalidOperationException(
                $"a trial has {count} values of it at one step, but its dimensions ({declared.Shape}) declare {expected}");
        }
    }

    /// <summary>Throws where values are not those of all lanes: each would be taken for another network's.</summary>
    private MetricValues OfAllLanes(Metric metric, MetricValues measured)
    {
        var (expected, what) = metric.IsPerMember ? (program.Lanes.Count, "networks") : (program.Lanes.Trials, "trials");
        long[] shape = measured.Values.shape;
        return shape.Length > 0 && shape[0] == expected
            ? measured
            : throw new InvalidOperationException(
                $"its values have the shape [{string.Join(", ", shape)}], but the first dimension must be the "
                + $"{expected} {what} of the pack");
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
        var first = HostNumbers.Of(initial.Get(new Losses(training.Name)));
        var ofZeros = HostNumbers.Of(reported.Measure(zeros_like(initial.Get(new Outputs(training.Name))), training.Targets));
        return [.. first.Zip(ofZeros, (loss, ofZero) => program.DivergenceRatio * (loss + ofZero))];
    }

    /// <summary>
    /// Finds and buries trials with a network that is not finite or far beyond its first loss, with all their members; says
    /// whether there were any.
    /// </summary>
    private bool BuryDiverged(TrainingState state, NetworkSnapshot snapshot)
    {
        var losses = bounds.Length == 0 ? [] : HostNumbers.Of(snapshot.Get(new Losses(program.Splits[0].Name)));
        var isFinite = HostNumbers.AreFinite(state.Parameters.Flat);
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

            // At the last step nothing may be asked for: what dies there unseen was measured to the end.
            if (isAlive[trial] && trial < work.Trials.Length && IsAsked(state.Step))
            {
                diverged.Add(new Divergence(trial, state.Step));
            }

            isAlive[trial] = false;
        }

        if (isChanged)
        {
            var buried = isDead.Select((dead, lane) => dead
                || (lane / program.Lanes.Members is var trial && trial < isAlive.Length && !isAlive[trial]));
            state.Bury(tensor([.. buried], device: state.Parameters.Flat.device).view(-1, 1));
        }

        return isChanged;
    }

    private bool IsAsked(long step) => asked.ContainsKey(step) || work.Schedule.WeightsAt.Contains(step);

    private static MeasurementBlock Block(long step, SeriesKey series, Tensor ofTrials, int[] trials)
    {
        var values = HostNumbers.Of(ofTrials);
        var width = values.Length / (int)ofTrials.shape[0];
        var chosen = new double[trials.Length * width];
        for (var row = 0; row < trials.Length; row++)
        {
            values.AsSpan(trials[row] * width, width).CopyTo(chosen.AsSpan(row * width));
        }

        return new MeasurementBlock(step, series, trials, width, chosen);
    }
}
