using System.Collections.Immutable;

namespace Sweeper.Training.Models;

/// <summary>
/// How a weight is read as a matrix [outputs, inputs * taps]: inputs major, and taps the positions of a convolution's kernel, row by row
/// (Yunis et al. 2024). What metrics of weights measure are the singular values and vectors of that matrix.
/// </summary>
internal sealed record MatrixView
{
    private MatrixView()
    {
    }

    /// <summary>Stored [outputs, inputs, ...taps], as linear layers and convolutions are.</summary>
    public static MatrixView OutputsFirst { get; } = new();

    /// <summary>Stored [inputs, outputs, ...taps], as embeddings and transposed convolutions are.</summary>
    public static MatrixView InputsFirst { get; } = new() { IsInputsFirst = true };

    /// <summary>Whether inputs are the first dimension.</summary>
    public bool IsInputsFirst { get; private init; }

    /// <summary>Names of blocks of equally many rows, from the first row to the last; empty where rows have no blocks.</summary>
    public ImmutableArray<string> Blocks { get; private init; } = [];

    /// <summary>Whether each block has singular vectors of its own; else they are its rows of the whole matrix's left vectors.</summary>
    public bool AreBlocksMatrices { get; private init; }

    /// <summary>One matrix whose rows are those of several gates, one after the other: LSTMs.</summary>
    public static MatrixView Gates(params ImmutableArray<string> names) => new() { Blocks = names };

    /// <summary>Several matrices that are stored as one: queries, keys, values of attention. Ranks are still those of the whole.</summary>
    public static MatrixView Stacked(params ImmutableArray<string> names) => new() { Blocks = names, AreBlocksMatrices = true };
}
