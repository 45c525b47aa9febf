namespace Sweeper.Theory.Dynamics;

/// <summary>
/// Gradient flow of balanced linear networks of N layers with one output, on the expected logistic loss of spherically symmetric inputs x
/// with labels sgn(v.x) (Lin, Sun and Zhang 2021): the product w stays in the plane of v and where it began, at the angle theta to v.
/// <code>
/// dtheta/dt = -(c0 / pi) sin(theta) r^(1 - 2/N),   dr/dt = N r^(2 - 2/N) g(r, theta),   r = |w|
/// </code>
/// </summary>
/// <remarks>
/// Integrated for ln tan(theta / 2), whose rate is -(c0 / pi) r^(1 - 2/N), and ln r, by Runge-Kutta steps of fourth order. For N = 2 the
/// first one is tan(theta / 2) = tan(theta_0 / 2) e^(-c0 t / pi), whatever the norm. Two exponents of bounds are misprinted in the paper's
/// stored version. While the norm falls, tan^2(theta / 2) falls at least like (1 + (N - 2) c0 r_0^(1 - 2/N) t)^-alpha with alpha = 2 / (pi
/// (N - 2)), because |g| is at most c0 (printed 2 c0 / pi); from a moment T on at which the norm rises, at least like e^(-2 c0
/// |w(T)|^(1 - 2/N) (t - T) / pi) (printed with 2 - 2/N, which is too much where |w(T)| is above 1).
/// </remarks>
/// <param name="layers">N.</param>
/// <param name="law">Of the inputs.</param>
public sealed class PlanarFlow(int layers, SphericalLaw law)
{
    private const double LongestStep = 0.005;

    private readonly double power = 1 - 2.0 / layers;

    /// <summary>The states at ascending times, from a norm above 0 and a cosine within -1 and 1 at time 0.</summary>
    public IEnumerable<PlanarState> At(IEnumerable<double> times, double norm, double cosine)
    {
        var (time, turn, stretch) = (0.0, 0.5 * Math.Log((1 - cosine) / (1 + cosine)), Math.Log(norm));
        foreach (var next in times)
        {
            var steps = (int)Math.Ceiling((next - time) / LongestStep);
            for (var step = 0; step < steps; step++)
            {
                (turn, stretch) = Step(turn, stretch, (next - time) / steps);
            }

            time = next;
            yield return new PlanarState(Math.Exp(stretch), turn);
        }
    }

    private (double Turn, double Stretch) Step(double turn, double stretch, double step)
    {
        var a = Rates(turn, stretch);
        var b = Rates(turn + step / 2 * a.Turn, stretch + step / 2 * a.Stretch);
        var c = Rates(turn + step / 2 * b.Turn, stretch + step / 2 * b.Stretch);
        var d = Rates(turn + step * c.Turn, stretch + step * c.Stretch);
        return (
            turn + step / 6 * (a.Turn + 2 * b.Turn + 2 * c.Turn + d.Turn),
            stretch + step / 6 * (a.Stretch + 2 * b.Stretch + 2 * c.Stretch + d.Stretch));
    }

    private (double Turn, double Stretch) Rates(double turn, double stretch)
    {
        var norm = Math.Exp(stretch);
        return (
            -law.MeanLength / Math.PI * Math.Exp(power * stretch),
            layers * Math.Exp(power * stretch) * law.Lengthening(norm, -Math.Tanh(turn), 1 / Math.Cosh(turn)));
    }
}

/// <summary>Where a linear map is in its plane.</summary>
/// <param name="Norm">Its length.</param>
/// <param name="Turn">ln tan(theta / 2), with theta its angle to the separating direction.</param>
public readonly record struct PlanarState(double Norm, double Turn)
{
    /// <summary>cos(theta).</summary>
    public double Cosine => -Math.Tanh(Turn);

    /// <summary>-ln(1 - cos(theta)), with all its digits near 0.</summary>
    public double LogAlignment => Math.Log((1 + Math.Exp(-2 * Turn)) / 2);
}
