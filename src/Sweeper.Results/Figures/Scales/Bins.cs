using Sweeper.Core.Ports;

namespace Sweeper.Results.Figures.Scales;

/// <summary>Bins of a histogram: [k width, (k + 1) width) for whole k.</summary>
/// <param name="Width">Width of each.</param>
internal sealed record Bins(double Width)
{
    private const int Pieces = 200;

    /// <summary>A round width of about this one: 1, 2 or 5 times a power of ten.</summary>
    public static double Suitable(double width)
    {
        if (!(width > 0))
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return (width / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * power;
    }

    /// <summary>The outline of the bars, from zero to zero: at each edge the number before it and the number behind it.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="networks">Over how many networks the numbers are averaged.</param>
    public (double[] Xs, double[] Counts) Outline(IReadOnlyList<double> values, int networks)
    {
        var counts = values.CountBy(Number).ToDictionary();
        var (first, last) = (counts.Keys.Min(), counts.Keys.Max());
        List<double> xs = [first * Width], ys = [0];
        for (var bin = first; bin <= last; bin++)
        {
            var count = counts.GetValueOrDefault(bin) / (double)networks;
            xs.AddRange([bin * Width, (bin + 1) * Width]);
            ys.AddRange([count, count]);
        }

        return ([.. xs, (last + 1) * Width], [.. ys, 0]);
    }

    /// <summary>The number of values in a bin's width along a density, closest near its edges: there it is steep.</summary>
    public (double[] Xs, double[] Ys) Density(SpectralDensity density)
    {
        double middle = (density.Low + density.High) / 2, half = (density.High - density.Low) / 2;
        var inner = Enumerable.Range(1, Pieces - 1).Select(piece => middle - half * Math.Cos(Math.PI * piece / Pieces));
        double[] xs = [density.Low, .. inner, density.High];
        return (xs, [0, .. xs[1..^1].Select(x => Width * density.Number(x)), 0]);
    }

    /// <summary>A line at each different value, as high as there are values there.</summary>
    public static IEnumerable<(double[] Xs, double[] Ys)> Bars(IEnumerable<double> values) =>
        values.CountBy(value => value).OrderBy(pair => pair.Key)
            .Select(pair => ((double[])[pair.Key, pair.Key], (double[])[0, pair.Value]));

    private long Number(double value) => (long)Math.Floor(value / Width);
}
