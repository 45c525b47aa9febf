using Sweeper.Theory.Generalisation;

namespace Sweeper.Tests.Predictions;

/// <summary>
/// Gradient descent, step by step, of a student that is aligned with its data: all weight matrices stay alike in each mode, a number a
/// that gets learning rate times a^(L - 1) (target - a^L).
/// </summary>
internal sealed class AlignedDescent(DeepStudent student, double learningRate, double[] times)
{
    private const int StepsBetweenLooks = 5;

    /// <summary>Errors at the times, and the least test error with its time, of every fifth step.</summary>
    public (double[] LnTrain, double[] LnTest, double LnLeast, double Best) Train(SampledTask task)
    {
        var depth = student.WeightMatrices;
        var targets = task.Observed.Take(task.Learnable).ToArray();
        var factors = targets.Select(_ => Math.Pow(student.Initial, 1.0 / depth)).ToArray();
        var strengths = new double[targets.Length];
        double[] lnTrain = new double[times.Length], lnTest = new double[times.Length];
        var (least, best, next) = (double.PositiveInfinity, 0.0, 0);
        for (var step = 0; next < times.Length; step++)
        {
            var isAsked = step >= (long)Math.Round(times[next] / learningRate);
            if (isAsked || step % StepsBetweenLooks == 0)
            {
                for (var mode = 0; mode < strengths.Length; mode++)
                {
                    strengths[mode] = Power(factors[mode], depth);
                }

                var error = Math.Log(task.TestError(strengths));
                if (isAsked)
                {
                    (lnTrain[next], lnTest[next]) = (Math.Log(task.TrainError(strengths)), error);
                    next++;
                }

                (least, best) = error < least ? (error, step * learningRate) : (least, best);
            }

            for (var mode = 0; mode < factors.Length; mode++)
            {
                var rest = Power(factors[mode], depth - 1);
                factors[mode] += learningRate * rest * (targets[mode] - rest * factors[mode]);
            }
        }

        return (lnTrain, lnTest, least, best);
    }

    private static double Power(double factor, int times)
    {
        var product = 1.0;
        for (var i = 0; i < times; i++)
        {
            product *= factor;
        }

        return product;
    }
}
