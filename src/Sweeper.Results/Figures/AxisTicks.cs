using ScottPlot;

namespace Sweeper.Results.Figures;

/// <summary>Ticks of an axis: powers of ten where it holds logarithms, round numbers elsewhere.</summary>
internal static class AxisTicks
{
    private const int MostPowers = 6;
    private const int RoundNumbers = 5;

    /// <summary>Ticks for a range; without labels where a neighbour has them.</summary>
    public static ITickGenerator For(AxisScale scale, bool isLabelled)
    {
        var ticks = scale.IsLog ? Powers(scale) : Round(scale);
        return new ScottPlot.TickGenerators.NumericManual([.. ticks.Select(tick => isLabelled ? tick : new Tick(tick.Position, "", tick.IsMajor))]);
    }

    private static List<Tick> Powers(AxisScale scale)
    {
        var (first, last) = ((int)Math.Ceiling(scale.Low), (int)Math.Floor(scale.High));
        var stride = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)MostPowers));
        var ticks = new List<Tick>();
        for (var power = first - 1; power <= last; power++)
        {
            if (power >= first)
            {
                ticks.Add(new Tick(power, power % stride == 0 ? NumberLabel.Power(power) : "", power % stride == 0));
            }

            if (stride == 1)
            {
                ticks.AddRange(Enumerable.Range(2, 8).Select(digit => power + Math.Log10(digit)).Where(place => place > scale.Low && place < scale.High)
                    .Select((place, digit) => new Tick(place, first > last || last == first ? Between(power, digit + 2) : "", false)));
            }
        }

        return ticks;
    }

    /// <summary>Within one decade the powers alone would leave an axis nearly without numbers.</summary>
    private static string Between(int power, int digit) => digit is 2 or 5 ? NumberLabel.Of(digit * Math.Pow(10, power)) : "";

    private static List<Tick> Round(AxisScale scale)
    {
        var raw = (scale.High - scale.Low) / RoundNumbers;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var stride = ((double[])[1, 2, 2.5, 5, 10]).First(factor => factor * magnitude >= raw) * magnitude;
        var ticks = new List<Tick>();
        for (var i = Math.Ceiling(scale.Low / stride); i * stride <= scale.High; i++)
        {
            ticks.Add(new Tick(i * stride, NumberLabel.Of(Math.Round(i * stride, 12)), true));
        }

        return ticks;
    }
}
