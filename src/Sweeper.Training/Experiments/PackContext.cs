using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Randomness;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>
/// A pack as an experiment sees it while it builds its program: a trial's networks (one, where it declares no more) are
/// neighbouring lanes, and lanes beyond the trials repeat the first. Numbers are drawn in double on the host, so that they are the same for
/// every device and type.
/// </summary>
internal sealed class PackContext(PackWork work, Device device)
{
    /// <summary>A point whose static values hold for all lanes.</summary>
    public Point Statics => work.Statics;

    /// <summary>Number of lanes, K.</summary>
    public int Lanes => work.Pack.Lanes;

    /// <summary>Which lane is which member of which trial.</summary>
    public LaneMap Map { get; } = new(work.Pack.Lanes, work.Experiment.LanesPerTrial(work.Statics));

    /// <summary>Lanes of the trials that are measured.</summary>
    public ImmutableArray<int> Wanted => [.. work.Wanted.SelectMany(trial => Enumerable.Range(trial * Map.Members, Map.Members))];

    /// <summary>Which member of its trial each lane is.</summary>
    public int[] Members => [.. Enumerable.Range(0, Lanes).Select(lane => lane % Map.Members)];

    /// <summary>Where the pack is trained.</summary>
    public Device Device => device;

    /// <summary>Type of its numbers.</summary>
    public ScalarType Type { get; } = PrecisionSettings.IsDouble(work.Statics) ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>A batched hyperparameter, one value per lane.</summary>
    public double[] Reals(string hyperparameter) => PerLane(trial => trial.Point.Real(hyperparameter));

    /// <summary>Something per lane.</summary>
    public T[] PerLane<T>(Func<Trial, T> select) =>
        [.. Enumerable.Range(0, Lanes).Select(lane => lane / Map.Members).Select(trial => select(work.Trials[trial < work.Trials.Length ? trial : 0]))];

    /// <summary>A stream's seed per lane: the trial's own, or the fixed one.</summary>
    public long[] Seeds(string stream)
    {
        var hyperparameter = work.Experiment.Streams.First(declared => declared.Name == stream).SeedHyperparameter;
        return PerLane(trial => trial.Point.Integer(hyperparameter) is >= 0 and var chosen ? chosen : trial.Seed);
    }

    /// <summary>A batched hyperparameter as a column [K, 1], in the pack's type.</summary>
    public Tensor Column(string hyperparameter) => tensor(Reals(hyperparameter), Type, device).view(-1, 1);

    /// <summary>The same in float64, for what is multiplied before it is rounded to the pack's type.</summary>
    public Tensor ExactColumn(string hyperparameter) => tensor(Reals(hyperparameter), ScalarType.Float64, device).view(-1, 1);

    /// <summary>The same, or null where it is zero in every lane.</summary>
    public Tensor? ColumnUnlessZero(string hyperparameter) =>
        Array.TrueForAll(Reals(hyperparameter), value => value == 0) ? null : Column(hyperparameter);

    /// <summary>
    /// A float64 tensor [K, ...shape] from a draw per key; lanes with equal keys share the work, and all of them the
    /// memory (stride 0) where there is one key only.
    /// </summary>
    public Tensor Draw<TKey>(TKey[] keys, Func<TKey, double[]> draw, params long[] shape)
        where TKey : notnull
    {
        var distinct = keys.Distinct().ToArray();
        var drawn = empty([distinct.Length, .. shape], ScalarType.Float64);
        foreach (var (index, key) in distinct.Index())
        {
            // One after the other: those of all keys together may be large.
            drawn[index].bytes = MemoryMarshal.AsBytes(draw(key).AsSpan());
        }

        if (distinct.Length == 1)
        {
            return drawn.to(device).expand([Lanes, .. shape]);
        }

        var position = distinct.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index);
        return drawn.index_select(0, tensor(Array.ConvertAll(keys, key => position[key]))).to(device);
    }

    /// <summary>Initial values by the laws of a layout, float64 [K, P], before their scale: lanes share them as they share draws.</summary>
    public Tensor DrawInitial(ParameterLayout layout) => Draw(Seeds("init"), layout.Initialise, layout.Size);

    /// <summary>Independent standard normal numbers, float64 [K, ...shape].</summary>
    /// <param name="stream">Whose seeds are taken.</param>
    /// <param name="random">Numbers of a seed and of a part of what is drawn (<see cref="RandomStreams"/>).</param>
    /// <param name="part">Which part.</param>
    /// <param name="shape">Of a lane.</param>
    public Tensor Gaussian(string stream, Func<long, int, CounterRandom> random, int part, params long[] shape) =>
        Draw(Seeds(stream), seed => random(seed, part).NextGaussian((int)shape.Aggregate(1L, (product, length) => product * length)), shape);

    /// <summary>The same of draws in the pack's type; what is drawn in float64 is freed.</summary>
    public Tensor DrawInType<TKey>(TKey[] keys, Func<TKey, double[]> draw, params long[] shape)
        where TKey : notnull
    {
        using var scope = NewDisposeScope();
        return InType(Draw(keys, draw, shape)).MoveToOuterDisposeScope();
    }

    /// <summary>Something per lane in the pack's type; lanes that share memory go on sharing it.</summary>
    public Tensor InType(Tensor lanes) => lanes.stride(0) == 0
        ? lanes.narrow(0, 0, 1).to(Type).expand(lanes.shape)
        : lanes.to(Type);
}
