using ScottPlot;
using Sweeper.Results.Figures.Selection;

namespace Sweeper.Results.Figures.Scales;

/// <summary>From where to where the tiles of a row reach: half-way to their neighbours.</summary>
/// <param name="horizontal">The axis, without margins.</param>
/// <param name="fixedPlaces">
/// Places of all values of a dimension, ascending: a tile is as wide where its neighbour has no number; null for steps, at which not every
/// curve is measured.
/// </param>
internal sealed class TileEdges(AxisScale horizontal, double[]? fixedPlaces)
{
    /// <summary>Over training: from the first step to the last.</summary>
    public static (AxisScale Horizontal, TileEdges Edges) OfSteps(IReadOnlyCollection<double> steps, bool? isLog)
    {
        var axis = AxisScale.OfSteps(steps, isLog);
        double[] places = [.. steps.Select(axis.Place).Where(double.IsFinite).Distinct().Order()];
        // A single step is a column of its own.
        axis = places.Length > 1 ? axis with { Low = places[0], High = places[^1] }
            : axis with { Low = places[0] - 0.5, High = places[0] + 0.5, Ticks = [new Tick(places[0], NumberLabel.Of(steps.First()))] };
        return (axis, new TileEdges(axis, null));
    }

    /// <summary>Over the values of a dimension: the outer ones are as wide to the outside as to the inside.</summary>
    public static (AxisScale Horizontal, TileEdges Edges) OfDimension(Dimension dimension, bool? isLog)
    {
        var axis = AxisScale.OfDimension(dimension, isLog);
        double[] places = dimension.IsNumeric
            ? [.. dimension.Positions.Select(position => axis.Place(dimension.Numbers[position])).Where(double.IsFinite).Order()]
            : [.. Enumerable.Range(0, dimension.Count).Select(place => (double)place)];
        if (places.Length > 1)
        {
            axis = axis with { Low = places[0] - (places[1] - places[0]) / 2, High = places[^1] + (places[^1] - places[^2]) / 2 };
        }

        return (axis, new TileEdges(axis, places));
    }

    /// <summary>The tile of each point that has a place on the axis, from left to right.</summary>
    public IEnumerable<(double Left, double Right, Placed<CurvePoint> Placed)> Around(IEnumerable<Placed<CurvePoint>> points)
    {
        var shown = points.Select(point => (At: horizontal.Place(point.X), Placed: point))
            .Where(point => double.IsFinite(point.At)).ToList();
        var places = fixedPlaces ?? [.. shown.Select(point => point.At)];
        foreach (var (at, placed) in shown)
        {
            var place = Array.BinarySearch(places, at);
            yield return (
                place == 0 ? (fixedPlaces is null && places.Length > 1 ? at : horizontal.Low) : (places[place - 1] + at) / 2,
                place == places.Length - 1
                    ? (fixedPlaces is null && places.Length > 1 ? at : horizontal.High)
                    : (at + places[place + 1]) / 2,
                placed);
        }
    }
}
