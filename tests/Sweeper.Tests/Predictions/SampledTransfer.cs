using MathNet.Numerics.LinearAlgebra;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Tests.Predictions;

/// <summary>
/// Two drawn tasks of rank one, learned together and the first alone: the least test errors on the first, each at its own best time.
/// </summary>
internal static class SampledTransfer
{
    private const double Longest = 5;
    private const int Looks = 500;

    public static (double Alone, double Joint) Of(TwoTasks tasks, DeepStudent student, int seed)
    {
        var source = new GaussianMatrices(seed);
        var directions = source.Haar(tasks.Inputs, 2);
        var (first, second) = (directions.Column(0), directions.Column(1));
        var other = tasks.Relatedness * first + Math.Sqrt(1 - tasks.Relatedness * tasks.Relatedness) * second;
        var a = tasks.StrengthA * source.Haar(tasks.Outputs, 1).Column(0).OuterProduct(first);
        var b = tasks.StrengthB * source.Haar(tasks.Outputs, 1).Column(0).OuterProduct(other);
        var deviation = tasks.Noise / Math.Sqrt(tasks.Inputs);
        var dataA = a + deviation * source.Draw(tasks.Outputs, tasks.Inputs);
        var dataB = b + deviation * source.Draw(tasks.Outputs, tasks.Inputs);
        return (Least(dataA, a, student), Least(dataA.Stack(dataB), a, student));
    }

    /// <summary>Least |P M - A|^2 / |A|^2 over time, where P are the outputs of A.</summary>
    private static double Least(Matrix<double> data, Matrix<double> teacher, DeepStudent student)
    {
        var svd = data.Svd();
        var modes = Math.Min(student.Width, svd.S.Count);
        // Modes are orthogonal on all outputs and not on A's alone; their right vectors are orthogonal always.
        var heads = Enumerable.Range(0, modes).Select(mode => svd.U.Column(mode).SubVector(0, teacher.RowCount)).ToArray();
        var powers = heads.Select(head => head * head).ToArray();
        var agreements = heads.Select((head, mode) => head * teacher * svd.VT.Row(mode)).ToArray();
        var growths = Enumerable.Range(0, modes).Select(mode => student.Growth(svd.S[mode])).ToArray();
        var power = teacher.Power();
        return Enumerable.Range(0, Looks + 1).Min(look =>
        {
            var error = power;
            for (var mode = 0; mode < modes; mode++)
            {
                var strength = growths[mode].At(Longest * look / Looks);
                error += strength * strength * powers[mode] - 2 * strength * agreements[mode];
            }

            return error;
        }) / power;
    }
}
