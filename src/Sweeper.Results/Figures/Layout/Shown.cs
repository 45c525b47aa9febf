using System.Collections.Immutable;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Layout;

/// <summary>A dimension with the values shown of it.</summary>
/// <param name="Place">Its place among the dimensions; -1 for none.</param>
/// <param name="Dimension">The dimension; null for none.</param>
/// <param name="Values">Positions of its values.</param>
internal sealed record Shown(int Place, Dimension? Dimension, ImmutableArray<int> Values)
{
    /// <summary>How many values that have curves find no room.</summary>
    public int LeftOut { get; init; }

    /// <summary>Whether one value is shown of a dimension.</summary>
    public bool IsAlone => Dimension is not null && Values.Length == 1;

    /// <summary>The same, or its values without the name of the dimension.</summary>
    public Shown Named(bool isNamed) => isNamed ? this : this with { Dimension = null };

    /// <summary>A sentence on values that find no room; none where all do.</summary>
    public IEnumerable<string> Notes => LeftOut == 0 || Dimension is null ? []
        : [FormattableString.Invariant($"{Values.Length} of {Values.Length + LeftOut} values of {Dimension.Title} are shown.")];

    /// <summary>`name = value`, or nothing when there is no dimension.</summary>
    public string Describe(int value) => Dimension?.Describe(value) ?? "";

    /// <summary>The value alone, or nothing.</summary>
    public string Label(int value) => Dimension?.Labels[value] ?? "";

    /// <summary>The same in parentheses, after a metric.</summary>
    public string Qualify(int value) => Dimension is null ? "" : $" ({Describe(value)})";
}
