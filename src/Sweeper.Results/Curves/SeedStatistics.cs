using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Curves;

/// <summary>Statistics of one cell over the seeds of a curve.</summary>
/// <param name="Count">Defined values.</param>
/// <param name="Mean">Sum in the order of seeds, over the count.</param>
/// <param name="Deviation">Standard deviation, ddof 1; NaN below two values.</param>
/// <param name="Error">Standard error of the mean.</param>
/// <param name="Low">Lower end of the 95 % interval of the mean, Student t.</param>
/// <param name="High">Upper end.</param>
/// <param name="LogMean">Mean of the natural logarithm; NaN when any value is not positive.</param>
/// <param name="Minimum">Smallest.</param>
/// <param name="LowerQuartile">Quantile 0.25 of type 7 (Hyndman and Fan 1996): linear between order statistics.</param>
/// <param name="Median">Quantile 0.5.</param>
/// <param name="UpperQuartile">Quantile 0.75.</param>
/// <param name="Maximum">Largest.</param>
internal readonly record struct SeedStatistics(
    int Count, double Mean, double Deviation, double Error, double Low, double High, double LogMean,
    double Minimum, double LowerQuartile, double Median, double UpperQuartile, double Maximum)
{
    /// <summary>
    /// Of the defined <paramref name="values"/> in the order of seeds, which are sorted in place; NaN throughout when there is none.
    /// </summary>
    public static SeedStatistics Of(Span<double> values)
    {
        var count = values.Length;
        if (count == 0)
        {
            return new SeedStatistics(
                0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN,
                double.NaN, double.NaN);
        }

        double sum = 0, logSum = 0;
        foreach (var value in values)
        {
            sum += value;
            logSum += value > 0 ? Math.Log(value) : double.NaN;
        }

        var mean = sum / count;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var deviation = count > 1 ? Math.Sqrt(squares / (count - 1)) : double.NaN;
        var error = deviation / Math.Sqrt(count);
        var half = error * StudentT.Quantile975(count - 1);
        values.Sort();
        return new SeedStatistics(
            count, mean, deviation, error, mean - half, mean + half, logSum / count,
            values[0], Quantile(values, 0.25), Quantile(values, 0.5), Quantile(values, 0.75), values[^1]);
    }

    /// <summary>
    /// The same of the logarithms of positive <paramref name="values"/>, as numbers of the values' own kind: the mean is their geometric
    /// mean, the ends of its interval are exponentials of the ends of the logarithm's. Mean and interval are NaN when a value is not
    /// positive.
    /// </summary>
    public static SeedStatistics Geometric(Span<double> values)
    {
        double[] logarithms = [.. values];
        foreach (ref var value in logarithms.AsSpan())
        {
            value = value > 0 ? Math.Log(value) : double.NaN;
        }

        var ofLogarithms = Of(logarithms);
        return Of(values) with { Mean = Math.Exp(ofLogarithms.Mean), Low = Math.Exp(ofLogarithms.Low), High = Math.Exp(ofLogarithms.High) };
    }

    /// <summary>
    /// The same with the unbiased variance in place of the mean; its interval is that of its logarithm, with a standard error from the
    /// fourth moment, and undefined below three values.
    /// </summary>
    public static SeedStatistics Variance(Span<double> values)
    {
        double[] drawn = [.. values];
        var of = Of(values);
        double variance = of.Deviation * of.Deviation, n = of.Count;
        var fourth = drawn.Sum(value => Math.Pow(value - of.Mean, 4)) / n;
        var relative = n > 2 ? Math.Sqrt(((fourth / (variance * variance)) - ((n - 3) / (n - 1))) / n) : double.NaN;
        var half = relative * (n > 2 ? StudentT.Quantile975(of.Count - 1) : double.NaN);
        return of with { Mean = variance, Low = variance * Math.Exp(-half), High = variance * Math.Exp(half) };
    }

    /// <summary>What a figure shows of the defined values of a cell.</summary>
    /// <param name="figure">Which statistic it asks for.</param>
    /// <param name="values">In the order of seeds; sorted in place.</param>
    public static SeedStatistics For(FigureSpec figure, Span<double> values) =>
        figure.IsGeometric ? Geometric(values) : figure.IsVariance ? Variance(values) : Of(values);

    private static double Quantile(ReadOnlySpan<double> sorted, double probability)
    {
        var place = (sorted.Length - 1) * probability;
        var below = (int)place;
        return below + 1 < sorted.Length && place > below
            ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
            : sorted[below];
    }
}
