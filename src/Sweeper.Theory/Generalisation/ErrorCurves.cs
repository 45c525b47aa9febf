using System.Collections.Immutable;
using Sweeper.Theory.Dynamics;
using Sweeper.Theory.Spectra;

namespace Sweeper.Theory.Generalisation;

/// <summary>
/// Training and test error of a student over time, relative to the error of no answer: equations 14 and 15 of Lampinen and Ganguli
/// (2019), and appendix G for other numbers of examples. Time is in units of tau, 1 / learning rate for half the summed squared error.
/// </summary>
/// <remarks>
/// Means over the noise are conditional, over the singular values in the student's reach (the N2 largest of all, "in") and beyond
/// it ("out"); the split has mass N2 / N3 to its right. Teacher modes at or below the threshold count with the noise's edge and no overlap.
/// With fewer examples than inputs, equation 27 as printed lacks the factor sqrt(D) of the overlap; sampling decides for it. With
/// more, the printed speed-up D is that of strong modes as a whole: sqrt(D) of it is the larger singular value, sqrt(D) the clock.
/// </remarks>
public sealed class ErrorCurves
{
    private readonly LinearTask task;
    private readonly DeepStudent student;
    private readonly SpikedMatrix data;
    private readonly ImmutableArray<Signal> signals;
    private readonly ImmutableArray<NoiseMode> noise;
    private readonly int learnable;
    private readonly int idle;
    private readonly bool finiteSize;
    private readonly double learnableMass;
    private readonly double unlearned;
    private readonly double dataPower;

    /// <param name="task">What is learned.</param>
    /// <param name="student">Who learns it.</param>
    /// <param name="finiteSize">
    /// Whether modes of the noise keep what overlap with the teacher they have in matrices of a finite size
    /// (<see cref="SpikedMatrix.BulkOverlap"/>). The paper leaves it out: it explains minima of the test error below 1 where noise hides
    /// the teacher.
    /// </param>
    /// <param name="nodes">How many singular values stand for the noise (<see cref="MarchenkoPastur"/>).</param>
    public ErrorCurves(LinearTask task, DeepStudent student, bool finiteSize = false, int nodes = MarchenkoPastur.ManyNodes)
    {
        this.task = task;
        this.student = student;
        this.finiteSize = finiteSize;
        data = task.Data;
        var modes = Math.Min(student.Width, Math.Min(task.Inputs, task.Outputs));
        learnable = Math.Min(modes, task.DataModes);
        idle = modes - learnable;
        Split = data.Bulk.Quantile(1 - (double)learnable / task.DataModes);
        var all = NoiseModes(nodes).ToArray();
        learnableMass = all.Sum(mode => mode.Mass);
        noise = [.. all.Select(mode => mode with { Mass = mode.Mass / learnableMass })];
        signals = [.. task.Strengths.Where(strength => strength > 0).OrderDescending()
            .Select((strength, mode) => SignalOf(strength, mode < learnable))];
        unlearned = Unlearned();
        dataPower = unlearned + signals.Sum(signal => signal.Data * signal.Data)
            + NoiseIn * noise.Sum(mode => mode.Mass * mode.Target * mode.Target);
    }

    /// <summary>f: the smallest singular value of the noise that the student can learn, in units of the data's noise.</summary>
    public double Split { get; }

    private double Edge => data.Bulk.UpperEdge;

    /// <summary>Modes of the noise that the student learns.</summary>
    private int NoiseIn => Math.Max(0, learnable - signals.Length);

    /// <summary>|M X - Y|^2 / |Y|^2 (equation 14), also of what noise is outside of the inputs' span.</summary>
    public double TrainError(double time) => At(time).Train;

    /// <summary>|M - W|^2 / |W|^2 (equation 15): the error at clean targets of new white inputs.</summary>
    public double TestError(double time) => At(time).Test;

    /// <summary>
    /// |M X - W X|^2 / |W X|^2: the error at clean targets of the training inputs. It is the test error where these span all inputs.
    /// </summary>
    public double CleanTrainError(double time) => At(time).CleanTrain;

    /// <summary>The three of them at a time.</summary>
    public (double Train, double Test, double CleanTrain) At(double time)
    {
        var clock = task.InputPower * time;
        double power = 0, missing = 0;
        var leaked = new double[signals.Length];
        foreach (var mode in noise)
        {
            var strength = mode.Growth.At(clock);
            power += NoiseIn * mode.Mass * strength * strength;
            missing += NoiseIn * mode.Mass * (strength - mode.Target) * (strength - mode.Target);
            for (var signal = 0; finiteSize && data.Noise > 0 && signal < leaked.Length; signal++)
            {
                leaked[signal] += learnableMass * mode.Mass * strength
                    * data.BulkOverlap(signals[signal].Strength * task.Seen, mode.Target / data.Noise);
            }
        }

        // |M|^2 - 2 M . W of the student's modes that learn.
        var wrong = power;
        for (var place = 0; place < signals.Length; place++)
        {
            var (signal, strength) = (signals[place], signals[place].At(clock));
            wrong += strength * (strength - 2 * signal.Strength * signal.Overlap) - 2 * signal.Strength * task.Seen * leaked[place];
            missing += (strength - signal.Data) * (strength - signal.Data);
        }

        var seen = task.Seen * task.Seen * task.Power;
        var idlePower = idle * student.Initial * student.Initial;
        return ((missing + unlearned) / dataPower, (wrong + idlePower + task.Power) / task.Power, (wrong + seen) / seen);
    }

    /// <summary>
    /// The least test error of all times, at or after the start. Without noise it is approached for ever: time is infinite.
    /// </summary>
    public Optimum Stopping()
    {
        // Beyond the time at which the last mode is what it best is, nothing gets better; hidden modes have one where noise keeps some of
        // them.
        const double learned = 0.999;
        var last = signals.Max(signal => signal.TimeOf(finiteSize ? learned * signal.Data : signal.Strength * signal.Overlap));
        return Optimum.Of(TestError, task.Noise == 0 ? double.PositiveInfinity : last / task.InputPower);
    }

    /// <summary>Power of the data that the student has no room for, of the noise in the inputs' span and out of it.</summary>
    private double Unlearned()
    {
        var beyond = task.DataModes - Math.Max(learnable, signals.Length);
        return (beyond > 0 ? beyond * data.Noise * data.Noise * data.Bulk.MeanSquare(data.Bulk.LowerEdge, Split) : 0)
            + task.Outputs * (task.Examples - task.Span) * task.Noise * task.Noise / (task.Inputs * task.InputPower);
    }

    /// <summary>
    /// The noise in the student's reach; where there is none, what the student has besides the teacher's modes decays to nothing.
    /// </summary>
    private IEnumerable<NoiseMode> NoiseModes(int nodes) => data.Noise == 0
        ? [new NoiseMode(1, 0, student.Growth(0))]
        : data.Bulk.Nodes(Split, Edge, nodes)
            .Select(node => new NoiseMode(node.Mass, data.Noise * node.X, student.Growth(data.Noise * node.X)));

    private Signal SignalOf(double strength, bool isLearned)
    {
        var seen = strength * task.Seen;
        var observed = data.Observed(seen);
        return new Signal(strength, observed, task.Seen * data.Overlap(seen), isLearned ? student.Growth(observed) : null);
    }

    /// <summary>A mode of the teacher.</summary>
    /// <param name="Strength">Its singular value.</param>
    /// <param name="Data">That of the data.</param>
    /// <param name="Overlap">Of the data's singular vectors with the teacher's, over all inputs.</param>
    /// <param name="Growth">The student's; null where it has no mode left.</param>
    private sealed record Signal(double Strength, double Data, double Overlap, ModeGrowth? Growth)
    {
        public double At(double clock) => Growth?.At(clock) ?? 0;

        public double TimeOf(double strength) => Growth?.TimeOf(strength) ?? 0;
    }

    /// <summary>A mode of the noise that stands for others near it.</summary>
    /// <param name="Mass">Their share of those in reach.</param>
    /// <param name="Target">Its singular value.</param>
    /// <param name="Growth">The student's.</param>
    private sealed record NoiseMode(double Mass, double Target, ModeGrowth Growth);
}
