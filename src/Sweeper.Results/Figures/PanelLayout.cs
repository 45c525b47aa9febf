using System.Collections.Immutable;

namespace Sweeper.Results.Figures;

/// <summary>Which dimension becomes colours, columns and rows of panels, and which of its values are shown.</summary>
/// <param name="Colours">Distinguished by colour.</param>
/// <param name="Columns">Side by side.</param>
/// <param name="Rows">One above the other.</param>
/// <param name="Notes">Sentences on what is held fixed or left out.</param>
internal sealed record PanelLayout(Shown Colours, Shown Columns, Shown Rows, ImmutableArray<string> Notes)
{
    private const int MostColours = 7;
    private const int MostColumns = 4;
    private const int MostRows = 3;

    /// <summary>
    /// The swept axis with most values becomes colour, the next one columns, the first part of the metric that has several
    /// values rows; places left free go to whatever is left. All other dimensions are held fixed.
    /// </summary>
    /// <param name="dimensions">Axes of the sweep, then the parts of the metric.</param>
    /// <param name="axes">How many of them are axes of the sweep.</param>
    public static PanelLayout Choose(ImmutableArray<Dimension> dimensions, int axes)
    {
        var several = Enumerable.Range(0, dimensions.Length).Where(place => dimensions[place].Count > 1).ToList();
        var swept = new Queue<int>(several.Where(place => place < axes).OrderByDescending(place => dimensions[place].Count));
        var parts = new Queue<int>(several.Where(place => place >= axes));
        var colours = Take(swept, parts);
        var columns = Take(swept, parts);
        var rows = Take(parts, swept);
        var notes = ImmutableArray.CreateBuilder<string>();
        var layout = new PanelLayout(
            Show(dimensions, colours, MostColours, notes), Show(dimensions, columns, MostColumns, notes), Show(dimensions, rows, MostRows, notes), []);
        var fixedOnes = several.Except([colours, columns, rows])
            .Select(place => $"{dimensions[place].Title} = {dimensions[place].Labels[dimensions[place].Standard]} ({dimensions[place].StandardReason})").ToArray();
        if (fixedOnes.Length > 0)
        {
            notes.Add($"Held fixed: {string.Join("; ", fixedOnes)}.");
        }

        return layout with { Notes = notes.ToImmutable() };
    }

    private static int Take(Queue<int> first, Queue<int> second) =>
        first.TryDequeue(out var place) || second.TryDequeue(out place) ? place : -1;

    private static Shown Show(ImmutableArray<Dimension> dimensions, int place, int limit, ImmutableArray<string>.Builder notes)
    {
        if (place < 0)
        {
            return new Shown(-1, null, [0]);
        }

        var dimension = dimensions[place];
        var values = dimension.Spread(limit);
        if (values.Length < dimension.Count)
        {
            notes.Add($"{values.Length} of {dimension.Count} values of {dimension.Title} are shown.");
        }

        return new Shown(place, dimension, values);
    }
}

/// <summary>A dimension with the values shown of it.</summary>
/// <param name="Place">Its place among the dimensions; -1 for none.</param>
/// <param name="Dimension">The dimension; null for none.</param>
/// <param name="Values">Positions of its values.</param>
internal sealed record Shown(int Place, Dimension? Dimension, ImmutableArray<int> Values)
{
    /// <summary>`name = value`, or nothing when there is no dimension.</summary>
    public string Describe(int value) => Dimension is null ? "" : $"{Dimension.Title} = {Dimension.Labels[value]}";

    /// <summary>The value alone, or nothing.</summary>
    public string Label(int value) => Dimension?.Labels[value] ?? "";

    /// <summary>In parentheses behind a metric: a word says enough, a number needs its name.</summary>
    public string Qualify(int value) => Dimension switch
    {
        null => "",
        { IsOrdered: true } => $" ({Dimension.Title} {Dimension.Labels[value]})",
        _ => $" ({Dimension.Labels[value]})",
    };
}
