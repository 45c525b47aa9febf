using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace Sweeper.Theory;

/// <summary>
/// Growth of one singular mode of a deep linear network whose singular vectors are those of the data from the start:
/// tau ds/dt = L s^(2 - 2/L) (target - s), s(0) = initial (Lampinen and Ganguli 2019, appendix A).
/// </summary>
/// <remarks>
/// In y = ln(s / (target - s)) the flow is tau dy/dt = L target s^p with p = 1 - 2/L: it neither stiffens near the target
/// nor vanishes near zero, so that time is a smooth integral over y for every depth (for L = 2 exactly linear in y). For a
/// mode that decays to its target from above, y = ln((s - target) / s) does the same.
/// </remarks>
/// <param name="WeightMatrices">L, at least 2.</param>
/// <param name="Target">Singular value of the data's input-output correlation; not negative.</param>
/// <param name="Initial">Strength at time 0; positive.</param>
public sealed record ModeGrowth(int WeightMatrices, double Target, double Initial)
{
    private const double Accuracy = 1e-13;
    private const int QuadratureOrder = 64;
    private const double PanelWidth = 4;

    /// <summary>Beyond this |y| the strength is the target in double precision.</summary>
    private const double Saturation = 40;

    private bool Grows => Initial < Target;

    private double Power => 1 - 2.0 / WeightMatrices;

    /// <summary>The strength s at a time in units of tau (tau = 1 / learning rate for half the summed squared error).</summary>
    public double At(double time)
    {
        if (time <= 0 || Initial == Target)
        {
            return Initial;
        }

        if (Target == 0)
        {
            var decay = 1 + Power;
            return Math.Pow(Math.Pow(Initial, -decay) + decay * WeightMatrices * time, -1 / decay);
        }

        // The speed |dy/dt| lies between its values at the two ends of the mode's way.
        var start = Coordinate(Initial);
        var fastest = WeightMatrices * Target * Math.Pow(Math.Max(Initial, Target), Power) * time;
        var direction = Grows ? 1 : -1;
        var saturated = Grows ? Saturation : -Saturation;
        if (fastest > Math.Abs(saturated - start) && TimeTo(saturated) <= time)
        {
            return Target;
        }

        var (low, high) = Grows ? (start, Math.Min(start + fastest, saturated)) : (Math.Max(start - fastest, saturated), start);
        var end = Brent.FindRoot(y => direction * TimeTo(y) - direction * time, low - Accuracy, high + Accuracy, Accuracy, 200);
        return Strength(end);
    }

    /// <summary>The time, in units of tau, at which a growing mode has half of its target.</summary>
    public double HalfRiseTime => Grows && 2 * Initial < Target ? TimeTo(0) : 0;

    private double Coordinate(double strength) =>
        Grows ? Math.Log(strength / (Target - strength)) : Math.Log((strength - Target) / strength);

    private double Strength(double y) => Grows ? Target / (1 + Math.Exp(-y)) : Target / -Expm1(y);

    private double TimeTo(double y)
    {
        var start = Coordinate(Initial);
        var panels = Math.Max(1, (int)Math.Ceiling(Math.Abs(y - start) / PanelWidth));
        var width = (y - start) / panels;
        var integral = 0.0;
        for (var panel = 0; panel < panels; panel++)
        {
            integral += GaussLegendreRule.Integrate(Slowness, start + panel * width, start + (panel + 1) * width, QuadratureOrder);
        }

        return Math.Abs(integral) / (WeightMatrices * Math.Pow(Target, 1 + Power));
    }

    /// <summary>(target / s)^p, the time a step of y takes.</summary>
    private double Slowness(double y) => Math.Pow(Grows ? 1 + Math.Exp(-y) : -Expm1(y), Power);

    /// <summary>e^x - 1 without cancellation near zero.</summary>
    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 : Math.Exp(x) - 1;
}
