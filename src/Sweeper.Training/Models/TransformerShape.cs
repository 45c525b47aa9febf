namespace Sweeper.Training.Models;

/// <summary>What a <see cref="Transformer"/> is made of.</summary>
/// <param name="Tokens">Tokens there are: those that it reads are also those that it scores.</param>
/// <param name="Width">Numbers of a position in the residual stream, d.</param>
/// <param name="Hidden">Hidden units of a block's perceptron.</param>
/// <param name="Heads">Attention heads of a block; they divide the width.</param>
/// <param name="Blocks">Blocks of attention and perceptron.</param>
internal sealed record TransformerShape(int Tokens, int Width, int Hidden, int Heads, int Blocks)
{
    /// <summary>
    /// Whether attention and perceptron see their inputs normalised over the width (pre-norm). Nothing is normalised before the head.
    /// </summary>
    public bool HasLayerNorm { get; init; }

    /// <summary>
    /// Whether the last position alone is asked for: then the last block computes nothing for the others but keys and values.
    /// </summary>
    public bool AnswersLast { get; init; }
}
