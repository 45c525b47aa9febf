namespace Sweeper.Training.Models;

/// <summary>A weight whose outputs another one takes in.</summary>
/// <param name="Matrix">Its name (`W1`), or that of a block of its rows (`Win.value`).</param>
internal sealed record Predecessor(string Matrix)
{
    /// <summary>
    /// The first of the inputs that its outputs are, where there are others too: the columns of these inputs are then a matrix by
    /// themselves. Null where they are all inputs.
    /// </summary>
    public int? FirstInput { get; init; }

    /// <summary>Attention heads: equal parts of what lies between the two, each compared by itself. Their mean is reported.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>
    /// The block of the following weight whose outputs, and not inputs, meet the outputs of this one: keys, which meet queries in scalar
    /// products. Null for inputs.
    /// </summary>
    public string? Meets { get; init; }

    /// <summary>All of its outputs are all of the inputs.</summary>
    public static implicit operator Predecessor(string matrix) => new(matrix);
}
