using System.Collections.Immutable;

namespace Sweeper.Core.Experiments;

/// <summary>
/// What several hyperparameters of a point must keep together: documented with its experiment, and checked of every point
/// before anything is trained, after the ranges of the single ones.
/// </summary>
/// <param name="Names">The hyperparameters; a message points at the first of them that the sweep file names.</param>
/// <param name="Doc">What holds, as a sentence without its full stop: `batch must be at most train_examples`.</param>
/// <param name="Holds">Whether a complete point keeps it. It may be asked of a point that breaks another constraint.</param>
public sealed record Constraint(ImmutableArray<string> Names, string Doc, Func<Point, bool> Holds)
{
    /// <summary>What to do about a point that breaks it, as a clause: `lower batch, or raise train_examples`.</summary>
    public string Remedy { get; init; } = "change one of these values";

    /// <summary>
    /// Null for a rule that every point has to keep. Of a setting that has an effect at some points only: whether it has one here, and
    /// another value than its default. One point of a sweep that uses the setting is enough: what is `fixed` may meet points to which it
    /// means nothing.
    /// </summary>
    public Func<Point, bool>? IsUsedBy { get; init; }

    /// <summary>What is wrong with a point that breaks it, with the values that do.</summary>
    public string Broken(Point point) => $"{Doc}, but {string.Join(", ", Names.Select(name => $"{name} is {point[name]}"))}";
}
