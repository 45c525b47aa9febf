using ScottPlot;
using Sweeper.Results.Figures.Scales;

namespace Sweeper.Results.Figures.Drawing;

/// <summary>Ticks of an axis: powers of ten where it holds logarithms, round numbers elsewhere.</summary>
internal static class AxisTicks
{
    private const int MostPowers = 6;
    private const int RoundNumbers = 5;

    /// <summary>Ticks for a range; without labels where a neighbour has them.</summary>
    public static ITickGenerator For(AxisScale scale, bool isLabelled)
    {
        return new ScottPlot.TickGenerators.NumericManual(
            [.. Shown(scale).Select(tick => isLabelled ? tick : new Tick(tick.Position, "", tick.IsMajor))]);
    }

    /// <summary>An axis's own ticks, else round numbers.</summary>
    public static IEnumerable<Tick> Shown(AxisScale scale) => scale.Ticks.IsEmpty ? Round(scale) : scale.Ticks;

    /// <summary>Ticks at round numbers.</summary>
    public static List<Tick> Round(AxisScale scale) => scale.IsLog ? Powers(scale) : Decimal(scale);

    private static List<Tick> Powers(AxisScale scale)
    {
        var (first, last) = ((int)Math.Ceiling(scale.Low), (int)Math.Floor(scale.High));
        var stride = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)MostPowers));
        var ticks = new List<Tick>();
        for (var power = first; power <= last; power++)
        {
            ticks.Add(new Tick(power, power % stride == 0 ? NumberLabel.Power(power) : "", power % stride == 0));
        }

        for (var power = first - 1; stride == 1 && power <= last; power++)
        {
            for (var digit = 2; digit < 10; digit++)
            {
                var place = power + Math.Log10(digit);
                if (place > scale.Low && place < scale.High)
                {
                    // Within one decade the powers alone would leave an axis nearly without numbers.
                    ticks.Add(new Tick(
                        place, last <= first && (digit is 2 or 5) ? NumberLabel.Of(digit * Math.Pow(10, power)) : "", false));
                }
            }
        }

        return ticks;
    }

    private static List<Tick> Decimal(AxisScale scale)
    {
        var raw = (scale.High - scale.Low) / RoundNumbers;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var stride = ((double[])[1, 2, 2.5, 5, 10]).Select(factor => factor * magnitude)
            .First(candidate => candidate >= raw && (!scale.IsWhole || double.IsInteger(candidate) || candidate < 1));
        stride = scale.IsWhole ? Math.Max(1, stride) : stride;
        var ticks = new List<Tick>();
        for (var i = (long)Math.Ceiling(scale.Low / stride); i * stride <= scale.High; i++)
        {
            ticks.Add(new Tick(i * stride, NumberLabel.Of(i * stride, digits: 10), true));
        }

        return ticks;
    }
}
