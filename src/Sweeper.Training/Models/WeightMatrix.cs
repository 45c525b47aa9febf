namespace Sweeper.Training.Models;

/// <summary>The matrix of a weight, or a block of its rows.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Block">Position of the block; null for the whole matrix.</param>
internal sealed record WeightMatrix(ParameterSpec Weight, int? Block)
{
    /// <summary>`W1`, or `Win.value`.</summary>
    public string Name => Block is { } block ? $"{Weight.Name}.{Weight.View.Blocks[block]}" : Weight.Name;

    /// <summary>Its rows.</summary>
    public long Rows => Block is null ? Weight.Outputs : Weight.Outputs / Weight.View.Blocks.Length;

    /// <summary>The first of them in the whole matrix.</summary>
    public long FirstRow => Block is { } block ? block * Rows : 0;

    /// <summary>Its columns.</summary>
    public long Columns => Weight.Columns;

    /// <summary>Whether its left vectors are rows of those of the whole matrix.</summary>
    public bool IsPartOfVectors => Block is not null && !Weight.View.AreBlocksMatrices;

    /// <summary>How many left vectors it has.</summary>
    public long Rank => IsPartOfVectors ? Weight.Rank : Math.Min(Rows, Columns);
}
