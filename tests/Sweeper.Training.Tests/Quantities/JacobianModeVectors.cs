using Sweeper.Golden;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads the cases of `h_jacobian_modes`: Jacobians, modes, alignments, every decomposition of the loss.</summary>
internal static class JacobianModeVectors
{
    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        var inputs = TorchTests.Matrix(given["X_rows_are_examples"].Matrix());
        var (teacher, teacherOutputs, teacherJacobians) = Network("teacher");
        var (student, studentOutputs, studentJacobians) = Network("student");
        var targets = teacherOutputs + TorchTests.Matrix(given["noise"].Matrix());

        Close("y_T", teacherOutputs);
        Close("y_S", studentOutputs);
        CloseIfGiven("J_T", teacherJacobians);
        CloseIfGiven("J_S", studentJacobians);
        // A teacher of lower rank is listed with its own modes only.
        var modes = expected["mode_strength_T"].Items.Length;
        Close("sv_T", Leading(teacher.S));
        Close("sv_S", student.S);
        Close("mode_strength_T", Leading(teacher.S).mean([1L]));
        Close("mode_strength_S", student.S.mean([1L]));
        Close("align_U_abs", Leading(Alignment.Mean(teacher.U, student.U)));
        Close("align_V_abs", Leading(Alignment.Mean(teacher.V, student.V)));
        Close("align_UV_signed", Leading((Alignment.Signed(teacher.U, student.U) * Alignment.Signed(teacher.V, student.V)).mean([1L])));
        Close("align_U_abs_per_example", Leading(Alignment.PerExample(teacher.U, student.U)));

        var loss = new SquaredError(ErrorScaling.MeanExampleSumOutput).Loss(studentOutputs, targets);
        Close("loss", loss);
        Close("target_power", targets.square().sum(2).mean([1L]));
        var parts = new LossDecomposition(student, teacher, inputs, targets);
        Close("student_contribution", parts.StudentContribution());
        Close("student_residual", parts.StudentResidual());
        Close("teacher_residual", Leading(parts.TeacherResidual()));
        if (expected.Find("teacher_residual_null_sum") is { } nullSum)
        {
            golden.Close(nullSum, parts.TeacherResidual().narrow(1, modes, teacher.S.shape[^1] - modes).sum().Number());
        }

        Close("pair_self", parts.PairSelf());
        Close("pair_sym", parts.PairSymmetric());
        Close("noise_terms", parts.NoiseTerms());

        (Modes Modes, Tensor Outputs, Tensor Jacobians) Network(string who)
        {
            var (model, parameters) = Networks.FromWeights(
                given[$"{who}_weights"], given["leak"].Number(), given[$"{who}_output_activation"].Flag());
            var jacobians = model.Jacobians(parameters, inputs);
            return (BatchedSvd.Full(jacobians), model.Apply(parameters, inputs, NetworkMode.Evaluate), jacobians);
        }

        Tensor Leading(Tensor values) => values.narrow(-1, 0, modes);

        void Close(string field, Tensor actual) => golden.Close(expected[field], actual.Numbers());

        void CloseIfGiven(string field, Tensor actual)
        {
            if (expected.Find(field) is { } numbers)
            {
                golden.Close(numbers, actual.Numbers());
            }
        }
    }
}
