using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data;

namespace Sweeper.Training.Experiments;

/// <summary><see cref="ShiftedTemplates"/> as hyperparameters.</summary>
internal sealed class Templates : IDrawnClasses
{
    /// <inheritdoc/>
    public string Name => "templates";

    /// <inheritdoc/>
    public string Doc =>
        "pictures of 16 x 16 in three colours: every class has a coarse template, which is shifted at random and covered with noise";

    /// <inheritdoc/>
    public ImmutableArray<Hyperparameter> Settings { get; } =
    [
        Hyperparameter.Integer(
            "max_shift", Binding.Static, 4,
            "Pixels that templates are shifted by at most, along each side and either way; what leaves a picture comes "
            + "back on its other side.") with { Minimum = 0, Maximum = ShiftedTemplates.Side / 2 },
        Hyperparameter.Real(
            "pixel_noise", Binding.Batched, 1,
            "Standard deviation of Gaussian noise on every pixel of templates, whose own is 1.") with { Minimum = 0 },
    ];

    /// <inheritdoc/>
    public string Difficulty => "pixel_noise";

    /// <inheritdoc/>
    public int Inputs(Point point) => ShiftedTemplates.Values;

    /// <inheritdoc/>
    public int Classes(Point point) => ShiftedTemplates.Classes;

    /// <inheritdoc/>
    public (double[] Inputs, int[] Labels) Draw(Point point, int examples, double difficulty, long seed) =>
        ShiftedTemplates.Draw(examples, (int)point.Integer("max_shift"), difficulty, seed);
}
