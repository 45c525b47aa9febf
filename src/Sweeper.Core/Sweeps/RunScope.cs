namespace Sweeper.Core.Sweeps;

/// <summary>
/// Which trials of a plan one run is about: `--only` and `--limit`. It changes neither the plan nor its packs; a trial beyond
/// it keeps its lane and is left for another run.
/// </summary>
/// <param name="Only">A condition (see <see cref="Predicates.Predicate"/>), or null.</param>
/// <param name="Limit">The first so many trials of the plan, in its order, of those for which the condition holds.</param>
public sealed record RunScope(string? Only, long Limit)
{
    /// <summary>The whole plan.</summary>
    public static RunScope All { get; } = new(null, long.MaxValue);

    /// <summary>Whether it is the whole plan.</summary>
    public bool IsAll => this == All;
}
