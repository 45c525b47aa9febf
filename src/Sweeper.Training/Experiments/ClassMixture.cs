using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;

namespace Sweeper.Training.Experiments;

/// <summary>Gaussian classes, each of one cloud, as hyperparameters: the stand-in for pictures of digits.</summary>
internal sealed class ClassMixture : IDrawnClasses
{
    /// <inheritdoc/>
    public string Name => "mixture";

    /// <inheritdoc/>
    public string Doc =>
        "a standard Gaussian mean for each class and Gaussian noise around it, both divided by inputs^(1/2)";

    /// <inheritdoc/>
    public ImmutableArray<Hyperparameter> Settings { get; } =
    [
        Hyperparameter.Integer("classes", Binding.Static, 10, "Classes of mixture.") with { Minimum = 2, Maximum = 1024 },
        Hyperparameter.Real("class_noise", Binding.Batched, 1.5,
            "Standard deviation of the examples of mixture around the mean of their class, whose own is 1.") with { Minimum = 0 },
    ];

    /// <inheritdoc/>
    public string Difficulty => "class_noise";

    /// <inheritdoc/>
    public int Inputs(Point point) => JacobianDepthDeclaration.UnitsOr("inputs", point);

    /// <inheritdoc/>
    public int Classes(Point point) => (int)point.Integer("classes");

    /// <inheritdoc/>
    public (double[] Inputs, int[] Labels) Draw(Point point, int examples, double difficulty, long seed)
    {
        var (width, classes) = (Inputs(point), Classes(point));
        var means = RandomStreams.Data(seed, 0).NextGaussian(classes * width);
        var choice = RandomStreams.Data(seed, 1);
        int[] labels = [.. Enumerable.Range(0, examples).Select(_ => choice.NextBelow(classes))];
        var (inputs, scale) = (RandomStreams.Data(seed, 2).NextGaussian(examples * width), 1 / Math.Sqrt(width));
        foreach (var (place, noise) in inputs.Index())
        {
            inputs[place] = scale * (means[labels[place / width] * width + place % width] + difficulty * noise);
        }

        return (inputs, labels);
    }
}
