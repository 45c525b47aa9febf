using System.Collections.Immutable;
using Sweeper.Core.Randomness;

namespace Sweeper.Training.Models;

/// <summary>
/// The parameters of a model in registration order, those that are not trained last, laid end to end in one row of numbers per lane.
/// Whatever reads weights (metrics, masks, weight decay, truncation) reads here which they are; it is known before a tensor is made.
/// </summary>
internal sealed class ParameterLayout
{
    private readonly Dictionary<string, int> places = [];

    /// <summary>Throws <see cref="ArgumentException"/> for parameters that contradict each other.</summary>
    public ParameterLayout(ImmutableArray<ParameterSpec> parameters)
    {
        Parameters = parameters;
        var offsets = ImmutableArray.CreateBuilder<long>(parameters.Length);
        foreach (var (place, parameter) in parameters.Index())
        {
            if (parameter.IsTrained && TrainedSize < Size)
            {
                throw new ArgumentException($"{parameter.Name} is trained and stands after a parameter that is not");
            }

            if (!places.TryAdd(parameter.Name, place))
            {
                throw new ArgumentException($"two parameters have the name {parameter.Name}");
            }

            offsets.Add(Size);
            Size += parameter.Size;
            TrainedSize = parameter.IsTrained ? Size : TrainedSize;
        }

        Offsets = offsets.MoveToImmutable();
        Weights = [.. parameters.Where(parameter => parameter.Role == ParameterRole.Weight)];
        Pairs = [.. Weights.SelectMany(weight => weight.Follows, Pair)];
        if (Pairs.Select(pair => pair.Contradiction).FirstOrDefault(why => why is not null) is { } contradiction)
        {
            throw new ArgumentException(contradiction);
        }
    }

    /// <summary>In registration order.</summary>
    public ImmutableArray<ParameterSpec> Parameters { get; }

    /// <summary>Where each begins.</summary>
    public ImmutableArray<long> Offsets { get; }

    /// <summary>Numbers of one lane.</summary>
    public long Size { get; }

    /// <summary>Numbers of one lane that training changes: the first ones.</summary>
    public long TrainedSize { get; }

    /// <summary>The weights, in order.</summary>
    public ImmutableArray<ParameterSpec> Weights { get; }

    /// <summary>Those that are no head's: what is pruned, truncated and perturbed.</summary>
    public ImmutableArray<ParameterSpec> BodyWeights => [.. Weights.Where(weight => !weight.IsHead)];

    /// <summary>What models change by themselves, in order.</summary>
    public ImmutableArray<ParameterSpec> Buffers => [.. Parameters.Where(parameter => parameter.Role == ParameterRole.Buffer)];

    /// <summary>Weights that follow each other, in the order of the later ones.</summary>
    public ImmutableArray<LayerPair> Pairs { get; }

    /// <summary>Position of a parameter. Throws <see cref="ArgumentException"/> where there is none of the name.</summary>
    public int PlaceOf(string name) =>
        places.TryGetValue(name, out var place) ? place : throw new ArgumentException($"there is no parameter {name}");

    /// <summary>A weight's matrix by its name (`W1`), or a block of its rows (`Win.value`).</summary>
    public WeightMatrix Matrix(string name)
    {
        var parts = name.Split('.');
        var weight = Parameters[PlaceOf(parts[0])];
        return parts.Length == 1 ? new WeightMatrix(weight, null)
            : weight.View.Blocks.IndexOf(parts[1]) is >= 0 and var block ? new WeightMatrix(weight, block)
            : throw new ArgumentException($"{weight.Name} has no block {parts[1]}");
    }

    /// <summary>Initial values of one lane in layout order: a pure function of the seed.</summary>
    public double[] Initialise(long seed) => Initialise(seed, RandomStreams.Init);

    /// <summary>The same from other streams.</summary>
    /// <param name="seed">Of the streams.</param>
    /// <param name="stream">Stream of a seed and a number (<see cref="ParameterSpec.Stream"/>).</param>
    public double[] Initialise(long seed, Func<long, int, CounterRandom> stream) =>
        [.. Parameters.SelectMany((parameter, place) => parameter.Initial.Draw(stream(seed, parameter.Stream ?? place), parameter.Shape))];

    private LayerPair Pair(ParameterSpec weight, Predecessor link) =>
        new(Matrix(link.Matrix), Matrix(link.Meets is { } block ? $"{weight.Name}.{block}" : weight.Name), link);
}
