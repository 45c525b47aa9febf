using MathNet.Numerics.LinearAlgebra;
using Sweeper.Theory.Dynamics;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Tests.Predictions;

/// <summary>
/// One drawn problem of a linear task, solved by singular value decomposition: what aligned students of given strengths get wrong, by
/// the definition of the errors and none of the theory's laws.
/// </summary>
internal sealed class SampledTask
{
    private readonly double[] agreements;
    private readonly ModeGrowth[] growths;
    private readonly double inputPower;
    private readonly double idlePower;
    private readonly double power;
    private readonly double seenPower;
    private readonly double beyond;
    private readonly double dataPower;

    public SampledTask(LinearTask task, DeepStudent student, int seed)
    {
        var source = new GaussianMatrices(seed);
        var modes = task.Strengths.Length;
        Teacher = modes == 0
            ? Matrix<double>.Build.Dense(task.Outputs, task.Inputs)
            : source.Haar(task.Outputs, modes) * Matrix<double>.Build.DenseOfDiagonalArray([.. task.Strengths])
                * source.Haar(task.Inputs, modes).Transpose();
        // The teacher's directions are random: the inputs may as well be the first axes.
        var seen = Teacher.SubMatrix(0, task.Outputs, 0, task.Span);
        var deviation = task.Noise / Math.Sqrt(task.Inputs * task.InputPower);
        Data = seen + deviation * source.Draw(task.Outputs, task.Span);
        beyond = task.Examples == task.Span ? 0 : deviation * deviation * source.Draw(task.Outputs, task.Examples - task.Span).Power();
        var svd = Data.Svd();
        Observed = [.. svd.S];
        agreements = [.. Observed.Select((_, mode) => svd.U.Column(mode) * seen * svd.VT.Row(mode))];
        var width = Math.Min(student.Width, Math.Min(task.Inputs, task.Outputs));
        Learnable = Math.Min(width, task.DataModes);
        growths = [.. Observed.Take(Learnable).Select(student.Growth)];
        inputPower = task.InputPower;
        idlePower = (width - Learnable) * student.Initial * student.Initial;
        power = Teacher.Power();
        seenPower = seen.Power();
        dataPower = Data.Power() + beyond;
    }

    public Matrix<double> Teacher { get; }

    public Matrix<double> Data { get; }

    /// <summary>Singular values of the data, descending.</summary>
    public double[] Observed { get; }

    /// <summary>How many modes the student learns.</summary>
    public int Learnable { get; }

    /// <summary>Strengths of the student's modes at a time in units of tau.</summary>
    public double[] StrengthsAt(double time) => Array.ConvertAll(growths, growth => growth.At(inputPower * time));

    public double TestErrorAt(double time) => TestError(StrengthsAt(time));

    public double TestError(double[] strengths) => (Wrong(strengths) + idlePower + power) / power;

    public double CleanTrainError(double[] strengths) => (Wrong(strengths) + seenPower) / seenPower;

    public double TrainError(double[] strengths) =>
        (Observed.Select((observed, mode) => Math.Pow(observed - strengths.ElementAtOrDefault(mode), 2)).Sum() + beyond) / dataPower;

    private double Wrong(double[] strengths)
    {
        var wrong = 0.0;
        for (var mode = 0; mode < strengths.Length; mode++)
        {
            wrong += strengths[mode] * (strengths[mode] - 2 * agreements[mode]);
        }

        return wrong;
    }
}
