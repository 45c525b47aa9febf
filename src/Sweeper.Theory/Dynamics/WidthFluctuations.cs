namespace Sweeper.Theory.Dynamics;

/// <summary>
/// Linear networks of one hidden layer of N units that learn one example by gradient flow, to leading order in 1 / N (Bordelon and Pehlevan
/// 2023). K^2 - 4 gamma^2 f^2 = c is conserved, with c = 4 X Y of independent chi^2_N / N: df/dt = (y - f) sqrt(c + 4 gamma^2 f^2).
/// </summary>
/// <param name="Richness">gamma, positive.</param>
/// <param name="Target">y.</param>
public sealed record WidthFluctuations(double Richness, double Target)
{
    /// <summary>
    /// Variance of the squared activation of one layer, times N: of linear units, and of ReLU units scaled to keep the mean.
    /// </summary>
    public const double LinearLayer = 2, ReluLayer = 5;

    /// <summary>E[c], and N Var[c].</summary>
    public const double MeanInvariant = 4, InvariantVariance = 64;

    private const double StepLength = 0.01;

    /// <summary>N Var[f(0)].</summary>
    private double OutputVariance => 1 / (Richness * Richness);

    /// <summary>K at the end, of infinitely many units: 2 sqrt(1 + gamma^2 y^2).</summary>
    public double FinalKernel => 2 * Math.Sqrt(Strength);

    /// <summary>N Var[K] at the end: 4 / (1 + gamma^2 y^2).</summary>
    public double FinalKernelVariance => 4 / Strength;

    /// <summary>N (E[K] - K of infinitely many units) at the end: -(1 + gamma^2 y^2)^(-3/2).</summary>
    public double FinalKernelBias => -Math.Pow(Strength, -1.5);

    private double Strength => 1 + Richness * Richness * Target * Target;

    /// <summary>Moments at ascending times, 1 / learning rate in steps being one.</summary>
    public IEnumerable<KernelMoments> At(IEnumerable<double> times)
    {
        // Output, and its derivatives with respect to the initial output and to the invariant.
        var (output, start, invariant, now) = (0.0, 1.0, 0.0, 0.0);
        var fastest = 2 * Math.Sqrt(1 + Math.Pow(Richness * Target, 2));
        foreach (var time in times)
        {
            var steps = (int)Math.Ceiling((time - now) * fastest / StepLength);
            for (var step = 0; step < steps; step++)
            {
                (output, start, invariant) = RungeKutta(output, start, invariant, (time - now) / steps);
            }

            now = time;
            yield return Moments(output, start, invariant);
        }
    }

    /// <summary>Mean, N times the variance, and N times the bias of K at the end, of N units: exact.</summary>
    public (double Mean, double Variance, double Bias) FinalKernelOf(int width)
    {
        // Sums over ln X and ln Y on a grid: for densities this smooth, the error of the sum is beyond any digit.
        const int Points = 400;
        var reach = 16 / Math.Sqrt(width) + (width < 16 ? 60.0 / width : 0);
        double[] logs = [.. Enumerable.Range(0, Points + 1).Select(place => reach * (2.0 * place / Points - 1))];
        double[] weights = [.. logs.Select(log => Math.Exp(width / 2.0 * (log - Math.Exp(log) + 1)))];
        double total = 0, sum = 0, squares = 0;
        foreach (var (i, x) in logs.Index())
        {
            foreach (var (j, y) in logs.Index())
            {
                var weight = weights[i] * weights[j];
                var difference = 2 * Math.Sqrt(Math.Exp(x + y) + Strength - 1) - FinalKernel;
                total += weight;
                sum += weight * difference;
                squares += weight * difference * difference;
            }
        }

        var bias = sum / total;
        return (FinalKernel + bias, width * (squares / total - bias * bias), width * bias);
    }

    /// <summary>
    /// Covariances of the mean squared activations of hidden layers before training: (1 + V / N)^min(l, m) - 1, exact. V is
    /// <see cref="LinearLayer"/> or <see cref="ReluLayer"/>.
    /// </summary>
    /// <param name="perLayer">V.</param>
    /// <param name="width">N.</param>
    /// <param name="shallower">Number of the one layer, from 1.</param>
    /// <param name="deeper">Of the other.</param>
    public static double FeatureCovariance(double perLayer, int width, int shallower, int deeper) =>
        Math.Pow(1 + perLayer / width, Math.Min(shallower, deeper)) - 1;

    private KernelMoments Moments(double output, double start, double invariant)
    {
        var square = 4 * Richness * Richness;
        var kernel = Math.Sqrt(MeanInvariant + square * output * output);
        // dK = (dc + 8 gamma^2 f df) / (2 K).
        double ofStart = square * output * start / kernel, ofInvariant = (0.5 + square * output * invariant) / kernel;
        return new KernelMoments(output, kernel, Variance(start, invariant), Variance(ofStart, ofInvariant));
    }

    private double Variance(double ofStart, double ofInvariant) =>
        ofStart * ofStart * OutputVariance + ofInvariant * ofInvariant * InvariantVariance;

    private (double F, double Start, double Invariant) RungeKutta(double f, double start, double invariant, double step)
    {
        var first = Slope((f, start, invariant));
        var second = Slope(Along(first, step / 2));
        var third = Slope(Along(second, step / 2));
        var fourth = Slope(Along(third, step));
        return (
            f + step / 6 * (first.F + 2 * second.F + 2 * third.F + fourth.F),
            start + step / 6 * (first.Start + 2 * second.Start + 2 * third.Start + fourth.Start),
            invariant + step / 6 * (first.Invariant + 2 * second.Invariant + 2 * third.Invariant + fourth.Invariant));

        (double F, double Start, double Invariant) Along((double F, double Start, double Invariant) slope, double by) =>
            (f + by * slope.F, start + by * slope.Start, invariant + by * slope.Invariant);
    }

    private (double F, double Start, double Invariant) Slope((double F, double Start, double Invariant) at)
    {
        var square = 4 * Richness * Richness;
        double kernel = Math.Sqrt(MeanInvariant + square * at.F * at.F), error = Target - at.F;
        var along = error * square * at.F / kernel - kernel;
        return (error * kernel, along * at.Start, along * at.Invariant + error / (2 * kernel));
    }
}

/// <summary>Of infinitely many units the values, and of N units N times their variances.</summary>
/// <param name="Output">f.</param>
/// <param name="Kernel">K.</param>
/// <param name="OutputVariance">N Var[f].</param>
/// <param name="KernelVariance">N Var[K].</param>
public sealed record KernelMoments(double Output, double Kernel, double OutputVariance, double KernelVariance);
