using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Exact parts of the squared error of a bias-free network with a bias-free teacher, mode by mode. With c_a = s_a (v_a . x)
/// of the student, b_a of the teacher and t_a = u_a . target, an example's error is
/// |target|^2 + sum_a c_a^2 - 2 sum_a c_a t_a. Signs of singular vectors cancel everywhere.
/// </summary>
/// <remarks>Sums over modes are complete where outputs are not more than inputs: then the left vectors span the outputs.</remarks>
internal sealed class LossDecomposition
{
    private readonly Modes student, teacher;
    private readonly Tensor coefficients, teacherCoefficients, targets;

    /// <param name="student">Modes of the student's Jacobians, [K, n or 1, ...].</param>
    /// <param name="teacher">Modes of the teacher's.</param>
    /// <param name="inputs">[K, n, d], float64.</param>
    /// <param name="targets">[K, n, o], float64.</param>
    public LossDecomposition(Modes student, Modes teacher, Tensor inputs, Tensor targets)
    {
        this.student = student;
        this.teacher = teacher;
        this.targets = targets;
        coefficients = student.S * Project(student.V, inputs);
        teacherCoefficients = teacher.S * Project(teacher.V, inputs);
    }

    /// <summary>mean(c^2 - 2 c t), [K, r]: what each student mode adds to the loss; sums to loss minus mean |target|^2.</summary>
    public Tensor StudentContribution() => Contribution(coefficients, Project(student.U, targets));

    /// <summary>The same from coefficients c and what was wanted, t: [K, n, r].</summary>
    public static Tensor Contribution(Tensor coefficients, Tensor wanted) =>
        (coefficients.square() - 2 * coefficients * wanted).mean([1L]);

    /// <summary>
    /// mean c^2, [K, r]: with <see cref="Competition"/> and <see cref="NoiseCoupling"/> it gives <see cref="StudentContribution"/>.
    /// </summary>
    public Tensor StudentPower() => Power(coefficients);

    /// <summary>The same from coefficients [K, n, r].</summary>
    public static Tensor Power(Tensor coefficients) => coefficients.square().mean([1L]);

    /// <summary>-2 mean c_a b_b (u_T,b . u_a), [K, a, b]: what the student's mode a takes from the teacher's mode b.</summary>
    public Tensor Competition()
    {
        var overlaps = student.U.mT.matmul(teacher.U);
        return -2 * (coefficients.unsqueeze(3) * teacherCoefficients.unsqueeze(2) * overlaps).mean([1L]);
    }

    /// <summary>-2 mean c (u . z), [K, r]: what each student mode takes from the noise.</summary>
    public Tensor NoiseCoupling() => -2 * (coefficients * Project(student.U, Noise())).mean([1L]);

    /// <summary>mean (t - c)^2, [K, r]: the error seen along each student mode; sums to the loss.</summary>
    public Tensor StudentResidual() => (Project(student.U, targets) - coefficients).square().mean([1L]);

    /// <summary>
    /// mean (u_T . (target - student))^2, [K, r]: the error along each teacher mode; sums to the loss. Null modes of the teacher mean
    /// something as a sum only.
    /// </summary>
    public Tensor TeacherResidual() => Project(teacher.U, targets - Synthesise(student.U, coefficients)).square().mean([1L]);

    /// <summary>mean |d_a|^2, [K, r], d_a = b_a u_T,a - c_a u_S,a: equally ranked modes compared.</summary>
    public Tensor PairSelf() => Differences().square().sum(2).mean([1L]);

    /// <summary>mean d_a . sum_b d_b, [K, r]; sums to mean |teacher - student|^2.</summary>
    public Tensor PairSymmetric()
    {
        var differences = Differences();
        return (differences * differences.sum(-1, keepdim: true)).sum(2).mean([1L]);
    }

    /// <summary>
    /// mean(|z|^2 + 2 z . (teacher - student)), [K], z the noise on the targets: with <see cref="PairSymmetric"/> it gives the loss.
    /// </summary>
    public Tensor NoiseTerms()
    {
        var noise = Noise();
        return (noise.square() + 2 * noise * (Clean() - Synthesise(student.U, coefficients))).sum(2).mean([1L]);
    }

    private Tensor Clean() => Synthesise(teacher.U, teacherCoefficients);

    private Tensor Noise() => targets - Clean();

    private Tensor Differences() =>
        teacher.U * teacherCoefficients.unsqueeze(2) - student.U * coefficients.unsqueeze(2);

    private static Tensor Project(Tensor vectors, Tensor values) => ScalarProducts.Of(vectors, values.unsqueeze(3));

    private static Tensor Synthesise(Tensor vectors, Tensor coefficients) =>
        ScalarProducts.Of(vectors.mT, coefficients.unsqueeze(3));
}
