using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps;

/// <summary>One point with one seed. Its ids are computed when they are asked for: they cost more than all else about it.</summary>
/// <param name="Point">Its hyperparameter values.</param>
/// <param name="Seed">Its seed; never part of a curve's key.</param>
public sealed record Trial(Point Point, long Seed)
{
    private string? curve;
    private string? id;

    /// <summary>Content hash of the point.</summary>
    public CurveId CurveId
    {
        get => new(curve ??= TrialIdentity.CurveOf(Point).Hex);
        init => curve = value.Hex;
    }

    /// <summary>Content hash of point and seed.</summary>
    public TrialId Id
    {
        get => new(id ??= TrialIdentity.IdOf(Point, Seed).Hex);
        init => id = value.Hex;
    }

    /// <summary>By content.</summary>
    public bool Equals(Trial? other) => other is not null && Seed == other.Seed && Point == other.Point;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Point, Seed);
}
