using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Tests.Networks;

/// <summary>Networks, data and some steps, all drawn from a seed.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed record TrainingCase<T>(
    LaneTraining Training, int Lanes, int Examples, int? Batch, bool HasMask, bool IsShared, int Steps, int Seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Parameters of a lane.</summary>
    public int Size => MlpMemory.ByLane(Training.Shape).Numbers;

    /// <summary>An expected loss of more points than go through a kernel together.</summary>
    public static Objective.ExpectedLogistic Expected { get; } =
        ExpectedOf([.. Enumerable.Range(0, 150).Select(point => -1.5 + 3 * point / 149.0)]);

    /// <summary>Any of them.</summary>
    public static Gen<TrainingCase<T>> Any { get; } =
        from widths in Gen.OneOf(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[10, 21]).Array[2, 5]
        from leak in OneOf(0, 0.1, 1)
        from hasBias in Gen.Bool
        from hasOutputActivation in Gen.Bool
        from objective in OneOf<Objective>(
            new Objective.SquaredError(n => 2.0 / n), new Objective.SquaredError(_ => 1), new Objective.CrossEntropy(),
            new Objective.Logistic(), Expected)
        from optimizer in Gen.Int[0, 5]
        from hasDecay in Gen.Bool
        from lanes in Gen.OneOf(Gen.Int[1, 3], Gen.Int[4, 20])
        from examples in Gen.Int[1, 50]
        from batch in Gen.Int[-20, 40]
        from hasMask in Gen.Bool
        from isShared in Gen.Bool
        from steps in Gen.Int[1, 4]
        from seed in Gen.Int[0, 1 << 30]
        let hasOneOutput = objective is Objective.Logistic or Objective.ExpectedLogistic
        select new TrainingCase<T>(
            new LaneTraining(
                new MlpShape([.. widths[..^1], hasOneOutput ? 1 : widths[^1]], leak, hasBias, hasOutputActivation), objective,
                UpdateOf(optimizer, hasDecay, lanes, seed)),
            lanes, examples, batch > 0 && objective is not Objective.ExpectedLogistic ? batch : null, hasMask, isShared, steps, seed);

    /// <summary>Parameters, moments and mask as they are before the first step, each [lanes, size].</summary>
    public ImmutableArray<T[]> Start()
    {
        var random = new Random(Seed);
        return
        [
            Numbers(random, Lanes * Size, 0.7),
            .. Enumerable.Range(0, Training.Update.Moments).Select(_ => Array.ConvertAll(Numbers(random, Lanes * Size, 0.1), Positive)),
            Array.ConvertAll(Numbers(random, Lanes * Size, 1), value => HasMask && value < T.Zero ? T.Zero : T.One),
        ];
    }

    /// <summary>Inputs [lanes or 1, examples, inputs] and targets [lanes, examples, outputs].</summary>
    public (T[] Inputs, T[] Targets) Data()
    {
        var random = new Random(Seed + 1);
        int inputs = Training.Shape.Widths[0], outputs = Training.Shape.Widths[^1];
        var targets = Numbers(random, Lanes * Examples * outputs, 1);
        if (Training.Objective is Objective.CrossEntropy)
        {
            for (var example = 0; example < Lanes * Examples; example++)
            {
                targets.AsSpan(example * outputs, outputs).Clear();
                targets[example * outputs + random.Next(outputs)] = T.One;
            }
        }

        if (Training.Objective is Objective.Logistic)
        {
            targets = Array.ConvertAll(targets, target => target < T.Zero ? -T.One : T.One);
        }

        if (Training.Objective is Objective.ExpectedLogistic)
        {
            targets = [.. targets.Chunk(Examples).SelectMany(direction =>
            {
                var length = Math.Sqrt(direction.Sum(entry => double.CreateChecked(entry * entry)));
                return direction.Select(entry => entry / T.CreateChecked(length));
            })];
        }

        return (Numbers(random, (IsShared ? 1 : Lanes) * Examples * inputs, 1), targets);
    }

    /// <summary>The steps.</summary>
    public LaneSteps StepsOf() => new(Steps, Clock: 5, Updates: 3, Factor)
    {
        Since = 2,
        Orders = Batch is { } size
            ? [.. Enumerable.Range(0, Lanes).Select(lane => new Shuffled(Examples, Math.Min(size, Examples), Seed + lane))] : null,
    };

    /// <summary>Trains and returns parameters and moments.</summary>
    /// <param name="lanes">Which lanes; null for all.</param>
    /// <param name="threads">At most so many.</param>
    /// <param name="chunk">Examples of a chunk; null for the usual.</param>
    /// <param name="cut">After how many steps numbers are put back and brought again; null for never.</param>
    /// <param name="isByUnit">Whether registers hold units of one lane.</param>
    public ImmutableArray<T[]> Train<TLanes>(
        int[]? lanes = null, int threads = 1, int? chunk = null, int? cut = null, bool isByUnit = false)
        where TLanes : unmanaged, ILanes<TLanes, T> => Train((data, state) =>
        {
            using var trainer = new LaneTrainer<TLanes, T>(Training, data, lanes ?? [.. Enumerable.Range(0, Lanes)], chunk, isByUnit);
            foreach (var steps in Parts(cut ?? 0))
            {
                trainer.Advance(state, steps, threads);
            }
        });

    /// <summary>The same by any trainer, which is given the data and what it changes.</summary>
    public unsafe ImmutableArray<T[]> Train(Action<LaneData<T>, LaneState<T>> train)
    {
        var state = Start();
        var (inputs, targets) = Data();
        fixed (T* first = inputs, wanted = targets, numbers = state[0], mask = state[^1])
        fixed (T* one = state[1], two = state[Math.Min(2, state.Length - 1)])
        {
            var data = new LaneData<T>(
                first, IsShared ? 0 : Examples * Training.Shape.Widths[0], wanted, Examples * Training.Shape.Widths[^1], Examples);
            train(data, new LaneState<T>(numbers, [one, two], HasMask ? mask : null));
        }

        return state.RemoveAt(state.Length - 1);
    }

    /// <summary>The steps in two parts.</summary>
    /// <param name="before">Steps of the first one, or all if there are fewer.</param>
    public ImmutableArray<LaneSteps> Parts(int before)
    {
        var all = StepsOf();
        before = Math.Min(before, Steps);
        return
        [
            all with { Count = before },
            all with { Count = Steps - before, Clock = all.Clock + before, Updates = all.Updates + before },
        ];
    }

    /// <summary>A factor of the rates that changes from step to step.</summary>
    public static double Factor(long time) => 1.0 / (time + 1);

    /// <summary>For the failure of a property: what it is about.</summary>
    public override string ToString() =>
        $"{string.Join('-', Training.Shape.Widths)} leak {Training.Shape.Leak} bias {Training.Shape.HasBias} "
        + $"output activation {Training.Shape.HasOutputActivation}, {Training.Objective.GetType().Name}, {Training.Update}, "
        + $"{Lanes} lanes, {Examples} examples, batch {Batch}, mask {HasMask}, shared {IsShared}, {Steps} steps, seed {Seed}";

    private static Update UpdateOf(int optimizer, bool hasDecay, int lanes, int seed)
    {
        var random = new Random(seed + 2);
        double[] PerLane(double most) => [.. Enumerable.Range(0, lanes).Select(_ => random.NextDouble() * most)];
        var decay = hasDecay ? PerLane(0.5) : null;
        return optimizer switch
        {
            0 => new Update.Sgd(PerLane(0.3), decay, null),
            1 => new Update.Sgd(PerLane(0.3), decay, PerLane(0.9)),
            // Some networks diverge, and their neighbours do not care.
            2 => new Update.Sgd([.. PerLane(1).Select(value => value < 0.3 ? 1e30 : value)], decay, PerLane(0.9)),
            var adam => new Update.Adam(PerLane(0.1), decay, adam == 5, 0.9, 0.99, 1e-8),
        };
    }

    private static Objective.ExpectedLogistic ExpectedOf(ImmutableArray<double> angles) => new(
        [.. angles.Select(Math.Cos)], [.. angles.Select(Math.Sin)], [.. angles.Select(angle => (1 + angle * angle) / angles.Length)]);

    private static Gen<TChoice> OneOf<TChoice>(params TChoice[] choices) => Gen.Int[0, choices.Length - 1].Select(place => choices[place]);

    private static T[] Numbers(Random random, int count, double size) =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked((random.NextDouble() * 2 - 1) * size))];

    private T Positive(T value) => Training.Update is Update.Adam ? T.Abs(value) : value;

    private sealed class Shuffled(int examples, int size, int seed) : IExamples
    {
        public ReadOnlySpan<int> At(long time)
        {
            // The last batch of an epoch is shorter.
            var batches = (examples + size - 1) / size;
            int[] order = [.. Enumerable.Range(0, examples)];
            new Random(seed + (int)(time / batches)).Shuffle(order);
            return order.AsSpan()[((int)(time % batches) * size)..Math.Min(examples, (int)(time % batches + 1) * size)];
        }
    }
}
