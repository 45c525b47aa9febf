using System.Collections.Concurrent;
using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace Sweeper.Theory.Dynamics;

/// <summary>
/// How far a mode has come on its way to the target, against time: one clock for all modes of a depth, because the flow of
/// y = ln(s / (target - s)) is dy/dT = (s / target)^p with p = 1 - 2/L, where T = L target^(1 + p) t / tau.
/// </summary>
/// <remarks>
/// Growing modes have y as coordinate. Those that decay to their target from above have z = -ln(1 - target / s) instead, which
/// grows too: dz/dT = (s / target)^p. Both speeds become 1 near the target. Time is summed up over short panels, once, and
/// inverted by Newton's method within one.
/// </remarks>
internal sealed class FlowClock
{
    private const double PanelWidth = 0.125;

    /// <summary>Beyond it a mode is its target in double precision.</summary>
    private const double Saturation = 40;

    /// <summary>e^-700 is the smallest share of its target from which a mode grows.</summary>
    private const double Start = -700;

    /// <summary>The smallest share by which a target changes a decaying mode, and the ratio of panels from there on.</summary>
    private const double Least = 1e-300, Ratio = 1.125;

    private const int MostCorrections = 20;

    private static readonly GaussLegendreRule Rule = new(-1, 1, 4);
    private static readonly ConcurrentDictionary<(int WeightMatrices, bool Grows), FlowClock> Clocks = new();

    private readonly double power;
    private readonly bool grows;
    private readonly double[] bounds;
    private readonly double[] times;

    private FlowClock(int weightMatrices, bool grows)
    {
        power = 1 - 2.0 / weightMatrices;
        this.grows = grows;
        bounds = [.. grows ? GrowingBounds() : DecayingBounds()];
        times = new double[bounds.Length];
        // Sums start where the clock is zero, so that they keep their digits there.
        var zero = grows ? Array.IndexOf(bounds, 0) : 0;
        for (var i = zero + 1; i < bounds.Length; i++)
        {
            times[i] = times[i - 1] + Duration(bounds[i - 1], bounds[i]);
        }

        for (var i = zero - 1; i >= 0; i--)
        {
            times[i] = times[i + 1] - Duration(bounds[i], bounds[i + 1]);
        }
    }

    /// <summary>The clock of a depth.</summary>
    /// <param name="weightMatrices">L, at least 2.</param>
    /// <param name="grows">Whether modes start below their target.</param>
    public static FlowClock Of(int weightMatrices, bool grows) =>
        Clocks.GetOrAdd((weightMatrices, grows), key => new FlowClock(key.WeightMatrices, key.Grows));

    /// <summary>T at a coordinate.</summary>
    public double TimeAt(double coordinate)
    {
        if (power == 0)
        {
            return coordinate;
        }

        var panel = Panel(bounds, coordinate);
        return times[panel] + (panel == bounds.Length - 1 ? coordinate - bounds[panel] : Duration(bounds[panel], coordinate));
    }

    /// <summary>The coordinate at T.</summary>
    public double CoordinateAt(double time)
    {
        if (power == 0)
        {
            return time;
        }

        var panel = Panel(times, time);
        var left = time - times[panel];
        if (panel == bounds.Length - 1)
        {
            return bounds[panel] + left;
        }

        double low = bounds[panel], width = bounds[panel + 1] - low;
        var coordinate = low + width * left / (times[panel + 1] - times[panel]);
        for (var i = 0; i < MostCorrections; i++)
        {
            var correction = (left - Duration(low, coordinate)) / Slowness(coordinate);
            coordinate += correction;
            // The next one would be of the order of its square.
            if (Math.Abs(correction) <= 1e-8 * width)
            {
                break;
            }
        }

        return coordinate;
    }

    private static IEnumerable<double> GrowingBounds()
    {
        for (var y = Start; y <= Saturation; y += PanelWidth)
        {
            yield return y;
        }
    }

    private static IEnumerable<double> DecayingBounds()
    {
        for (var z = Least; z < Saturation; z += Math.Min(PanelWidth, (Ratio - 1) * z))
        {
            yield return z;
        }
    }

    private static int Panel(double[] ascending, double value)
    {
        var place = Array.BinarySearch(ascending, value);
        return Math.Max(0, place >= 0 ? place : ~place - 1);
    }

    private double Duration(double from, double to)
    {
        double middle = (from + to) / 2, half = (to - from) / 2, sum = 0;
        for (var i = 0; i < Rule.Order; i++)
        {
            sum += Rule.GetWeight(i) * Slowness(middle + half * Rule.GetAbscissa(i));
        }

        return half * sum;
    }

    /// <summary>(target / s)^p, the time a step of the coordinate takes.</summary>
    private double Slowness(double coordinate) =>
        Math.Pow(grows ? 1 + Math.Exp(-coordinate) : -SpecialFunctions.Expm1(-coordinate), power);
}
