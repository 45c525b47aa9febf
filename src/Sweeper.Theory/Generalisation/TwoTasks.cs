using System.Collections.Immutable;
using Sweeper.Theory.Dynamics;
using Sweeper.Theory.Spectra;

namespace Sweeper.Theory.Generalisation;

/// <summary>
/// Two linear tasks of rank one with outputs of their own, learned together by one student (Lampinen and Ganguli 2019, section 4 and
/// appendix D). The teachers' input vectors have the cosine <see cref="Relatedness"/>; their output vectors do not matter.
/// </summary>
/// <remarks>
/// Stacked, the teachers are a matrix of rank two, whose squared singular values are the eigenvalues of [[a^2, q a b], [q a b, b^2]]: for
/// equal strengths s^2 (1 +- q). Its noisy modes are projected on the outputs of task A; the paper gives no closed curve. Of a left
/// singular vector that is noise, half is on either task.
/// </remarks>
/// <param name="StrengthA">Singular value of the task that is asked about.</param>
/// <param name="StrengthB">Singular value of the other; positive.</param>
/// <param name="Relatedness">q, v_A . v_B; its sign does not matter.</param>
/// <param name="Inputs">N1.</param>
/// <param name="Outputs">N3 of either task.</param>
public sealed record TwoTasks(double StrengthA, double StrengthB, double Relatedness, int Inputs, int Outputs)
{
    /// <summary>sigma: every training target carries noise of variance sigma^2 / N1; positive.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>Singular values of the two teachers stacked, descending.</summary>
    public ImmutableArray<double> SingularValues => [.. Modes().Select(mode => mode.Strength)];

    /// <summary>Share of their squared left singular vectors that is on task A.</summary>
    public ImmutableArray<double> LoadingsOnA => [.. Modes().Select(mode => mode.Loading)];

    /// <summary>Test error on task A of a student of both, over time in units of tau.</summary>
    public Func<double, double> JointError(DeepStudent student)
    {
        var law = new SpikedMatrix(2.0 * Outputs / Inputs, Noise);
        var dataModes = Math.Min(2 * Outputs, Inputs);
        var learnable = Math.Min(student.Width, dataModes);
        var split = law.Bulk.Quantile(1 - (double)learnable / dataModes);
        var signals = Modes().Where(mode => mode.Strength > 0).Take(learnable)
            .Select(mode => new Signal(mode.Strength, mode.Loading, law, student.Growth(law.Observed(mode.Strength)))).ToArray();
        var noise = law.Bulk.Nodes(split, law.Bulk.UpperEdge).Select(node => (node.Mass, Growth: student.Growth(Noise * node.X))).ToArray();
        // Half of every left singular vector of the noise is on A.
        var noiseOnA = Math.Max(0, learnable - signals.Length) / (2 * noise.Sum(mode => mode.Mass));
        return time => 1 + (signals.Sum(signal => signal.ErrorAt(time))
            + noiseOnA * noise.Sum(mode => mode.Mass * Math.Pow(mode.Growth.At(time), 2))) / (StrengthA * StrengthA);
    }

    /// <summary>The least test error on task A of a student of both.</summary>
    public Optimum JointStopping(DeepStudent student)
    {
        // Modes that would best be as strong as the data's come as near to it as matters.
        const double near = 1 - 1e-9;
        var law = new SpikedMatrix(2.0 * Outputs / Inputs, Noise);
        var last = Modes().Where(mode => law.Overlap(mode.Strength) > 0)
            .Select(mode => student.Growth(law.Observed(mode.Strength)).TimeOf(near * law.Observed(mode.Strength))).DefaultIfEmpty(0).Max();
        return Optimum.Of(JointError(student), last);
    }

    /// <summary>The least test error on task A of a student of A alone.</summary>
    public Optimum AloneStopping(DeepStudent student) =>
        new ErrorCurves(new LinearTask(Inputs, Outputs, [StrengthA]) { Noise = Noise }, student).Stopping();

    /// <summary>
    /// T: by how much the least test error on task A is lower when B is learned with it, each stopped at its own best time.
    /// </summary>
    public double Benefit(DeepStudent student) => AloneStopping(student).Error - JointStopping(student).Error;

    private (double Strength, double Loading)[] Modes()
    {
        double a = StrengthA * StrengthA, b = StrengthB * StrengthB, cross = Math.Abs(Relatedness) * StrengthA * StrengthB;
        var half = Math.Sqrt((a - b) * (a - b) / 4 + cross * cross);
        double first = (a + b) / 2 + half, second = a * b * (1 - Relatedness * Relatedness) / first;
        // cos^2 of the first eigenvector's angle; equal strengths of unrelated tasks leave it open, and either choice gives the same
        // curves.
        var loading = half == 0 ? 0 : (1 + (a - b) / (2 * half)) / 2;
        return [(Math.Sqrt(first), loading), (Math.Sqrt(Math.Max(0, second)), 1 - loading)];
    }

    private sealed record Signal(double Strength, double Loading, SpikedMatrix Law, ModeGrowth Growth)
    {
        private readonly double kept = Math.Pow(Law.LeftOverlap(Strength), 2);
        private readonly double overlap = Law.Overlap(Strength);

        /// <summary>|M|^2 - 2 M . W of this mode on the outputs of A.</summary>
        public double ErrorAt(double time)
        {
            var strength = Growth.At(time);
            return strength * strength * (kept * Loading + (1 - kept) / 2) - 2 * strength * Strength * Loading * overlap;
        }
    }
}
