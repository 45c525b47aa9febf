using System.Collections.Immutable;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Layout;

/// <summary>Which dimension becomes the horizontal axis, colours, columns and rows of panels, and which of its values are shown.</summary>
/// <param name="X">Along the horizontal axis, where that is not the training step.</param>
/// <param name="Colours">Distinguished by colour.</param>
/// <param name="Columns">Side by side.</param>
/// <param name="Rows">One above the other.</param>
/// <param name="Notes">Sentences on what is held fixed or left out.</param>
internal sealed record PanelLayout(Shown X, Shown Colours, Shown Columns, Shown Rows, ImmutableArray<string> Notes)
{
    private const int MostColumns = 4;
    private const int MostRows = 3;

    // Of what a figure names, too, a picture has no room for more panels than this.
    private const int MostNamedPanels = 24;

    /// <summary>What a figure asks for, then what its kind prefers; dimensions that are left over are held fixed.</summary>
    public static PanelLayout Choose(ImmutableArray<Dimension> dimensions, FigureSpec spec, LayoutPreference preference)
    {
        var free = Enumerable.Range(0, dimensions.Length)
            .Where(place => dimensions[place].Count > 1 && dimensions[place].Name != preference.Taken).ToList();
        // One value that others are left of still makes an axis.
        var narrow = spec.X is { } named
            ? Take(
                [.. Enumerable.Range(0, dimensions.Length).Where(place => dimensions[place] is { Count: 1, Entries.Length: > 1 })],
                place => dimensions[place].IsNamed(named))
            : -1;
        var asked = new[] { spec.X, spec.Colour, spec.Panels, spec.Rows }
            .Select(name => name is null ? -1 : Take(free, place => dimensions[place].IsNamed(name))).ToArray();
        asked[0] = Math.Max(asked[0], narrow);
        ImmutableArray<string>[] preferred = [preference.X, preference.Colours, preference.Columns, preference.Rows];
        string?[] given = [spec.X, spec.Colour, spec.Panels, spec.Rows];
        int[] chosen = [.. Enumerable.Range(0, asked.Length)
            .Select(role => given[role] is null ? Preferred(dimensions, free, preferred[role]) : asked[role])];
        var layout = new PanelLayout(
            Show(dimensions, chosen[0], int.MaxValue),
            Show(dimensions, chosen[1], Limit(1, preference.MostColours, int.MaxValue)),
            Show(dimensions, chosen[2], Limit(2, MostColumns, MostNamedPanels)),
            Show(dimensions, chosen[3], Limit(3, MostRows, MostNamedPanels)), []);
        // The headline names a split that is held.
        var fixedOnes = Enumerable.Range(0, dimensions.Length).Where(place => dimensions[place].Name != "split" && place != narrow)
            .Where(place => free.Contains(place) || (dimensions[place].Count == 1 && dimensions[place].Entries.Length > 1))
            .Select(place =>
                $"{dimensions[place].Title} = {dimensions[place].Labels[dimensions[place].Standard]} "
                + $"({dimensions[place].StandardReason})").ToArray();
        return fixedOnes.Length == 0 ? layout : layout with { Notes = [$"Held fixed: {string.Join("; ", fixedOnes)}."] };

        // What the figure names is drawn in full, be it the dimension or its values.
        int Limit(int role, int standard, int ofNamed) =>
            given[role] is not null || (chosen[role] >= 0 && dimensions[chosen[role]].IsLimited) ? ofNamed : standard;
    }

    /// <summary>Every panel's every colour at every place of the horizontal axis, where the plan has such a curve.</summary>
    public IEnumerable<PanelCell> Cells(CurveSelection selection)
    {
        var positions = selection.Dimensions.Select(dimension => dimension.Standard).ToArray();
        foreach (var row in Rows.Values)
        {
            foreach (var column in Columns.Values)
            {
                foreach (var colour in Colours.Values)
                {
                    foreach (var x in X.Values)
                    {
                        foreach (var (shown, value) in ((Shown, int)[])[(Rows, row), (Columns, column), (Colours, colour), (X, x)])
                        {
                            if (shown.Place >= 0)
                            {
                                positions[shown.Place] = value;
                            }
                        }

                        if (selection.At(positions) is { } found)
                        {
                            yield return new PanelCell(row, column, colour, x, found) { Baseline = selection.BaselineOf(positions) };
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// Without panels and colours for which there is no curve: layers that only other points have. What finds no room is counted now, when
    /// these are gone.
    /// </summary>
    public PanelLayout Only(ImmutableArray<PanelCell> cells)
    {
        Shown Kept(Shown shown, Func<PanelCell, int> place) => shown with { Values = [.. shown.Values.Intersect(cells.Select(place))] };
        var layout = this with
        {
            Colours = Kept(Colours, cell => cell.Colour), Columns = Kept(Columns, cell => cell.Column), Rows = Kept(Rows, cell => cell.Row),
        };
        // A row or column by itself needs no name, and its value no room at the axis or above the panel.
        string[] alone = [.. ((Shown[])[layout.Rows, layout.Columns])
            .Where(shown => shown.IsAlone).Select(shown => shown.Describe(shown.Values[0]))];
        layout = layout with
        {
            Rows = layout.Rows.Named(!layout.Rows.IsAlone), Columns = layout.Columns.Named(!layout.Columns.IsAlone),
        };
        return layout with
        {
            Notes =
            [
                .. layout.Colours.Notes, .. layout.Columns.Notes, .. layout.Rows.Notes, .. layout.Notes,
                .. alone.Length == 0 ? (string[])[] : [$"Only {string.Join(", ", alone)} has such curves."],
            ],
        };
    }

    private static int Take(List<int> free, Func<int, bool> isWanted)
    {
        var at = free.FindIndex(place => isWanted(place));
        if (at < 0)
        {
            return -1;
        }

        var place = free[at];
        free.RemoveAt(at);
        return place;
    }

    private static int Preferred(ImmutableArray<Dimension> dimensions, List<int> free, ImmutableArray<string> names)
    {
        foreach (var name in names)
        {
            var longest = free.Where(place => dimensions[place].IsAxis).Select(place => dimensions[place].Count).DefaultIfEmpty(0).Max();
            var place = name == LayoutPreference.Axis
                ? Take(free, candidate => dimensions[candidate].IsAxis && dimensions[candidate].Count == longest)
                : Take(free, candidate => dimensions[candidate].Name == name);
            if (place >= 0)
            {
                return place;
            }
        }

        return -1;
    }

    private static Shown Show(ImmutableArray<Dimension> dimensions, int place, int limit)
    {
        if (place < 0)
        {
            return new Shown(-1, null, [0]);
        }

        var dimension = dimensions[place];
        var values = dimension.Spread(limit);
        return new Shown(place, dimension, values) { LeftOut = dimension.Occupied.Length - values.Length };
    }
}

/// <summary>A curve, and where it is drawn: positions in the layout's dimensions.</summary>
internal sealed record PanelCell(int Row, int Column, int Colour, int X, SelectedCurve Selected)
{
    /// <summary>The curve that it is compared with; null for none.</summary>
    public SelectedCurve? Baseline { get; init; }

    /// <summary>Key of the curve's rows.</summary>
    public (string Curve, SeriesPart Part) Key => Selected.Key;
}
