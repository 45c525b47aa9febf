using System.Collections.Immutable;

namespace Sweeper.Training.Models;

/// <summary>What a parameter is for; metrics of matrices look at weights only.</summary>
internal enum ParameterRole
{
    /// <summary>A matrix [outputs, inputs].</summary>
    Weight,
    /// <summary>A vector added to outputs.</summary>
    Bias,
    /// <summary>Set at initialisation and never trained (gates); stands behind all that is trained.</summary>
    Frozen,
}

/// <summary>One named parameter.</summary>
/// <param name="Name">`W1`, `b1`, ...; also the `component` of its measurements.</param>
/// <param name="Shape">Shape without the lane dimension.</param>
/// <param name="Role">What it is for.</param>
internal sealed record ParameterSpec(string Name, ImmutableArray<long> Shape, ParameterRole Role)
{
    /// <summary>Number of values.</summary>
    public long Size { get; } = Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>Rows of its matrix view.</summary>
    public long Rows => Shape[0];

    /// <summary>Columns of its matrix view: everything behind the first dimension, row-major.</summary>
    public long Columns => Size / Shape[0];
}

/// <summary>The parameters of a model in registration order, frozen ones last, laid end to end in one row of numbers per lane.</summary>
internal sealed class ParameterLayout
{
    public ParameterLayout(ImmutableArray<ParameterSpec> parameters)
    {
        Parameters = parameters;
        var offsets = ImmutableArray.CreateBuilder<long>(parameters.Length);
        foreach (var parameter in parameters)
        {
            var isTrained = parameter.Role != ParameterRole.Frozen;
            if (isTrained && TrainedSize < Size)
            {
                throw new ArgumentException($"{parameter.Name} is trained and stands behind a frozen parameter");
            }

            offsets.Add(Size);
            Size += parameter.Size;
            TrainedSize = isTrained ? Size : TrainedSize;
        }

        Offsets = offsets.MoveToImmutable();
    }

    /// <summary>In registration order.</summary>
    public ImmutableArray<ParameterSpec> Parameters { get; }

    /// <summary>Where each begins.</summary>
    public ImmutableArray<long> Offsets { get; }

    /// <summary>Numbers of one lane.</summary>
    public long Size { get; }

    /// <summary>Numbers of one lane that training changes: the first ones.</summary>
    public long TrainedSize { get; }

    /// <summary>Positions of the weights, in order.</summary>
    public IEnumerable<int> Weights => Enumerable.Range(0, Parameters.Length).Where(index => Parameters[index].Role == ParameterRole.Weight);
}
