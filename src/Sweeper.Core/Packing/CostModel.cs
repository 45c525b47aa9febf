namespace Sweeper.Core.Packing;

/// <summary>
/// Seconds of a pack as a sum over its <see cref="PackCost"/>, each kind of cost with a price that finished packs teach: Bayesian
/// linear regression, one observation at a time (a Kalman filter without dynamics). Where an observation does not tell two
/// prices apart, it moves both, the one more that made up more of it.
/// </summary>
internal sealed class CostModel
{
    // One core of a processor of the 2020s: a step of some forty small tensor operations, products of small matrices, an SVD per example.
    private static readonly double[] Usual = [2e-4, 1 / 4e10, 1e-3];

    // In units of the usual price: machines differ by this, all prices together, and prices among themselves.
    private const double Together = 4;
    private const double Apart = 2;
    private const double Scatter = 0.2;
    private const double SmallestPrice = 0.01;

    private readonly double[] price = [1, 1, 1];
    private readonly double[,] covariance = new double[3, 3];

    public CostModel()
    {
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                covariance[row, column] = Together * Together + (row == column ? Apart * Apart : 0);
            }
        }
    }

    /// <summary>Expected seconds, never zero.</summary>
    public double Seconds(PackCost cost) => Math.Max(Parts(cost).Zip(price, (part, by) => part * by).Sum(), 1e-6);

    /// <summary>A pack with this cost took so long.</summary>
    public void Learn(PackCost cost, double seconds)
    {
        var parts = Parts(cost);
        var gain = new double[3];
        for (var row = 0; row < 3; row++)
        {
            gain[row] = Enumerable.Range(0, 3).Sum(column => covariance[row, column] * parts[column]);
        }

        var expected = Seconds(cost);
        var noise = Scatter * expected;
        var variance = gain.Zip(parts, (by, part) => by * part).Sum() + noise * noise;
        var surprise = seconds - expected;
        for (var row = 0; row < 3; row++)
        {
            price[row] = Math.Max(price[row] + gain[row] * surprise / variance, SmallestPrice);
            for (var column = 0; column < 3; column++)
            {
                covariance[row, column] -= gain[row] * gain[column] / variance;
            }
        }
    }

    private static double[] Parts(PackCost cost) => [cost.Steps * Usual[0], cost.Operations * Usual[1], cost.Measurements * Usual[2]];
}
