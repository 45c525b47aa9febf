using System.Collections.Immutable;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>One measured thing. Found by reflection: a file in this folder is all a new one needs.</summary>
internal interface IMetric
{
    /// <summary>snake_case.</summary>
    string Name { get; }

    /// <summary>Raised when the definition changes.</summary>
    int Version { get; }

    /// <summary>Definition, unit, source.</summary>
    string Doc { get; }

    /// <summary>Values one trial gets at one step.</summary>
    long Rows(NetworkShape shape);

    /// <summary>Measures all lanes.</summary>
    IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot);
}

/// <summary>One series of a metric.</summary>
/// <param name="Split">Part of the data, or empty.</param>
/// <param name="Component">Weight matrix, or empty.</param>
/// <param name="Values">[K] or [K, width].</param>
internal sealed record MetricValues(string Split, string Component, Tensor Values);

/// <summary>What sizes of results depend on.</summary>
/// <param name="Widths">Units from the inputs to the outputs.</param>
/// <param name="Splits">Parts of the data that are measured.</param>
internal sealed record NetworkShape(ImmutableArray<int> Widths, int Splits)
{
    /// <summary>Modes of a Jacobian.</summary>
    public int Modes => Math.Min(Widths[0], Widths[^1]);

    /// <summary>Number of weight matrices.</summary>
    public int Depth => Widths.Length - 1;

    /// <summary>Singular values of all weight matrices together.</summary>
    public int SingularValues => Enumerable.Range(0, Depth).Sum(layer => Math.Min(Widths[layer], Widths[layer + 1]));
}
