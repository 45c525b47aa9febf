using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Layout;

namespace Sweeper.Results.Figures.Selection;

/// <summary>Values of axes that are measured, and for which the theory predicts nothing.</summary>
internal static class Unpredicted
{
    private const int MostNamed = 12;

    /// <summary>A sentence that names them; null for none.</summary>
    public static string? Sentence(FigureSpec spec, FigureData data, PanelLayout layout, IReadOnlyCollection<PanelCell> cells)
    {
        var curves = cells.Select(cell => cell.Selected.Curve).Distinct().ToList();
        var measured = data.WithRows(spec.Metric, MeasurementSource.Run, curves);
        var predicted = data.WithRows(spec.Metric, MeasurementSource.Theory, curves);
        var there = cells.Where(cell => measured.Contains(cell.Selected.Curve.Hex))
            .ToLookup(cell => predicted.Contains(cell.Selected.Curve.Hex));
        (Dimension? Dimension, Func<PanelCell, int> Of)[] roles =
        [
            (layout.Rows.Dimension, cell => cell.Row), (layout.Columns.Dimension, cell => cell.Column),
            (layout.Colours.Dimension, cell => cell.Colour), (layout.X.Dimension, cell => cell.X),
        ];
        var named = roles.Where(role => role.Dimension is { IsAxis: true })
            .SelectMany(role => there[false].Select(role.Of)
                .Except(there[true].Select(role.Of)).Order().Select(role.Dimension!.Describe)).ToList();
        return named.Count == 0 ? null
            : $"Nothing is predicted where {string.Join(", ", named.Take(MostNamed))}{(named.Count > MostNamed ? ", .." : "")}.";
    }
}
