using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Models;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>A transformer as hyperparameters, and from them.</summary>
internal static class TransformerSettings
{
    /// <summary>Its sizes.</summary>
    /// <param name="standard">The defaults; tokens are not a hyperparameter.</param>
    public static Hyperparameter[] Declared(TransformerShape standard) =>
    [
        Hyperparameter.Integer(
            "width", Binding.Static, standard.Width, "Width of the residual stream, d.") with { Minimum = 1, Maximum = 4096 },
        Hyperparameter.Integer(
            "heads", Binding.Static, standard.Heads,
            "Attention heads of a block, of width / heads numbers each.") with { Minimum = 1, Maximum = 4096 },
        Hyperparameter.Integer(
            "hidden", Binding.Static, standard.Hidden,
            "Hidden units of the perceptron of a block.") with { Minimum = 1, Maximum = 1 << 14 },
        Hyperparameter.Integer(
            "blocks", Binding.Static, standard.Blocks, "Blocks, each of attention and a perceptron.") with { Minimum = 1, Maximum = 64 },
        Hyperparameter.Flag("layer_norm", standard.HasLayerNorm, "Whether a layer norm stands before attention and before the perceptron."),
    ];

    /// <summary>Heads share the width.</summary>
    public static ImmutableArray<Constraint> Constraints { get; } =
    [
        new(["heads", "width"], "heads must divide width", static point => point.Integer("width") % point.Integer("heads") == 0),
    ];

    /// <summary>The shape of a point.</summary>
    public static TransformerShape Shape(Point point, int tokens) => new(
        tokens, (int)point.Integer("width"), (int)point.Integer("hidden"), (int)point.Integer("heads"), (int)point.Integer("blocks"))
    {
        HasLayerNorm = point.Flag("layer_norm"),
    };

    /// <summary>
    /// Bytes of one lane: parameters with gradients and moments, and the workspace of their SVD; what a step keeps of its examples for the
    /// way back, or a block of those that are evaluated at once; scores in float64.
    /// </summary>
    /// <param name="shape">Of the network.</param>
    /// <param name="trained">Examples of a step.</param>
    /// <param name="evaluated">Examples that are evaluated at once.</param>
    /// <param name="length">Tokens of an example.</param>
    /// <param name="number">Bytes of a number.</param>
    public static long Bytes(TransformerShape shape, long trained, long evaluated, long length, long number)
    {
        long answers = shape.AnswersLast ? 1 : length, before = (shape.Blocks - 1) * length;
        var ofExample = shape.Blocks * length * 6L * shape.Width
            + (before + answers) * (8L * shape.Width + 3L * shape.Hidden + 4L * shape.Heads * length);
        return LaneMemory.OfParameters(TransformerLayout.Of(shape), number)
            + Math.Max(2 * trained, evaluated / shape.Blocks) * ofExample * number
            + Math.Max(trained, evaluated) * answers * shape.Tokens * 4L * sizeof(double);
    }
}
