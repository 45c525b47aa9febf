using MathNet.Numerics;

namespace Sweeper.Theory.Products;

/// <summary>Derivatives of ln Gamma: mean and variance of ln chi^2_n are ln 2 + psi(n / 2) and psi_1(n / 2).</summary>
public static class Polygamma
{
    // From here on the series has all digits.
    private const double Far = 16;

    /// <summary>psi(x), x above 0.</summary>
    public static double Psi(double x) => SpecialFunctions.DiGamma(x);

    /// <summary>psi_1(x), the derivative of psi, x above 0: psi_1(x) = psi_1(x + 1) + 1 / x^2, and its asymptotic series.</summary>
    public static double Psi1(double x)
    {
        var sum = 0.0;
        for (; x < Far; x++)
        {
            sum += 1 / (x * x);
        }

        var square = 1 / (x * x);
        var series = 1 + square * (1.0 / 6 - square * (1.0 / 30 - square * (1.0 / 42 - square * (1.0 / 30 - square * 5 / 66))));
        return sum + series / x + square / 2;
    }
}
