using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Figures.Selection;

/// <summary>Variances over seeds as a theory predicts them: no rows of a table, asked for where a figure shows variances.</summary>
internal sealed class PredictedVariances(FigureSpec spec, FigureData data)
{
    private readonly Dictionary<string, ILookup<SeriesPart, CurvePoint>> known = new(StringComparer.Ordinal);

    /// <summary>Of a curve, by ascending step; none where nothing is predicted.</summary>
    public IEnumerable<CurvePoint> Of(SelectedCurve selected)
    {
        if (!known.TryGetValue(selected.Curve.Hex, out var all))
        {
            var predictions = data.Theory?.Variances(selected.Point, data.Plan.ScheduleFor(selected.Point)) ?? [];
            known[selected.Curve.Hex] = all = predictions.Where(one => one.Series.Metric == spec.Metric).OrderBy(one => one.Step)
                .SelectMany(one => one.Values.Select((value, index) => (
                    Part: new SeriesPart(one.Series.Split, one.Series.Component, index, one.Series.Member),
                    Point: new CurvePoint(one.Step, 1, 1, 0, value, double.NaN, double.NaN))))
                .ToLookup(one => one.Part, one => one.Point);
        }

        return all[selected.Part];
    }
}
