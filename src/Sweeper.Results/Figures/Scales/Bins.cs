namespace Sweeper.Results.Figures.Scales;

/// <summary>Bins of a histogram: [k width, (k + 1) width) for whole k.</summary>
/// <param name="Width">Width of each.</param>
internal sealed record Bins(double Width)
{
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

    /// <summary>
    /// Lines of the number of predicted values in a bin's width: one over the middles of neighbours where these lie closer together than a
    /// bin, and a line of height 1 at each that stands alone.
    /// </summary>
    /// <param name="ascending">The predicted values.</param>
    /// <param name="least">How many neighbours it takes.</param>
    public IEnumerable<(double[] Xs, double[] Ys)> Densities(double[] ascending, int least)
    {
        for (var (first, next) = (0, 1); first < ascending.Length; (first, next) = (next, next + 1))
        {
            while (next < ascending.Length && ascending[next] - ascending[next - 1] < Width)
            {
                next++;
            }

            var dense = ascending[first..next].Distinct().ToArray();
            if (dense.Length >= least)
            {
                var pairs = dense.Zip(dense.Skip(1)).ToList();
                yield return ([.. pairs.Select(pair => (pair.First + pair.Second) / 2)], [.. pairs.Select(pair => Width / (pair.Second - pair.First))]);
            }
            else
            {
                foreach (var alone in dense)
                {
                    yield return ([alone, alone], [0, 1]);
                }
            }
        }
    }

    private long Number(double value) => (long)Math.Floor(value / Width);
}
