using MathNet.Numerics;

namespace Sweeper.Theory.Dynamics;

/// <summary>
/// Growth of one singular mode of a deep linear network whose singular vectors are those of the data from the start:
/// tau ds/dt = L s^(2 - 2/L) (target - s), s(0) = initial (Lampinen and Ganguli 2019, appendix A with N_l - 1 = L).
/// </summary>
/// <remarks>
/// For L = 2 it is s = target e^(2 target t / tau) / (e^(2 target t / tau) - 1 + target / initial), equation 8 of the paper. For L = 4
/// the printed integral lacks a term: t = tau / 2 (F(s) - F(initial)) with F(u) = artanh(sqrt(u / target)) / target^(3/2) - 1 / (target
/// sqrt(u)).
/// The flow here is that of every depth, by <see cref="FlowClock"/>.
/// </remarks>
public sealed class ModeGrowth
{
    private readonly int weightMatrices;
    private readonly double target;
    private readonly double initial;
    private readonly double power;
    private readonly double speed;
    private readonly FlowClock clock;
    private readonly double start;

    /// <param name="weightMatrices">L, at least 2.</param>
    /// <param name="target">Singular value of the data's input-output correlation; not negative.</param>
    /// <param name="initial">Strength at time 0; positive.</param>
    public ModeGrowth(int weightMatrices, double target, double initial)
    {
        this.weightMatrices = weightMatrices;
        this.target = target;
        this.initial = initial;
        power = 1 - 2.0 / weightMatrices;
        speed = weightMatrices * Math.Pow(target, 1 + power);
        clock = FlowClock.Of(weightMatrices, Grows);
        start = IsAtTarget || target == 0 ? 0 : clock.TimeAt(Coordinate(initial));
    }

    private bool Grows => initial < target;

    private bool IsAtTarget => initial == target;

    /// <summary>The strength s at a time in units of tau (tau = 1 / learning rate for half the summed squared error).</summary>
    public double At(double time)
    {
        if (time <= 0 || IsAtTarget)
        {
            return initial;
        }

        if (target == 0)
        {
            var decay = 1 + power;
            return Math.Pow(Math.Pow(initial, -decay) + decay * weightMatrices * time, -1 / decay);
        }

        var coordinate = clock.CoordinateAt(start + speed * time);
        return Grows ? target / (1 + Math.Exp(-coordinate)) : target / -SpecialFunctions.Expm1(-coordinate);
    }

    /// <summary>
    /// The time, in units of tau, at which a growing mode has a strength: 0 where it has it from the start, infinite where it
    /// never gets there.
    /// </summary>
    public double TimeOf(double strength) =>
        strength <= initial ? 0 : strength >= target ? double.PositiveInfinity : (clock.TimeAt(Coordinate(strength)) - start) / speed;

    /// <summary>The time, in units of tau, at which a growing mode has half of its target.</summary>
    public double HalfRiseTime => Grows ? TimeOf(target / 2) : 0;

    private double Coordinate(double strength) =>
        Grows ? Math.Log(strength / (target - strength)) : -SpecialFunctions.Log1p(-target / strength);
}
