using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data.Portable;

namespace Sweeper.Training.Experiments;

/// <summary><see cref="SyntheticClasses"/> as hyperparameters.</summary>
internal sealed class Synthclass : IDrawnClasses
{
    /// <inheritdoc/>
    public string Name => "synthclass";

    /// <inheritdoc/>
    public string Doc => "a mixture of unit Gaussians around the centres of the classes";

    /// <inheritdoc/>
    public ImmutableArray<Hyperparameter> Settings { get; } =
    [
        Hyperparameter.Integer("inputs", Binding.Static, 64, "Input dimension of synthclass.") with { Minimum = 1, Maximum = 4096 },
        Hyperparameter.Integer("classes", Binding.Static, 10, "Classes of synthclass.") with { Minimum = 2, Maximum = 1024 },
        Hyperparameter.Integer("clusters", Binding.Static, 3, "Centres of each class of synthclass.") with { Minimum = 1, Maximum = 1024 },
        Hyperparameter.Real(
            "separation", Binding.Batched, 4,
            "Distance of synthclass's centres from 0, in standard deviations of the examples around them.") with { Minimum = 0 },
    ];

    /// <inheritdoc/>
    public string Difficulty => "separation";

    /// <inheritdoc/>
    public int Inputs(Point point) => (int)point.Integer("inputs");

    /// <inheritdoc/>
    public int Classes(Point point) => (int)point.Integer("classes");

    /// <inheritdoc/>
    public (double[] Inputs, int[] Labels) Draw(Point point, int examples, double difficulty, long seed)
    {
        var drawn = SyntheticClasses.Draw(examples, Inputs(point), Classes(point), (int)point.Integer("clusters"), difficulty, seed);
        return (drawn.Inputs, drawn.Labels);
    }
}
