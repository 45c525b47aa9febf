using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>
/// Reads the cases of `k_linear_split`: the linear and the nonlinear part of the loss, and what is left of a teacher without its linear
/// part.
/// </summary>
internal static class LinearSplitVectors
{
    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        Tensor inputs = TorchTests.Matrix(given["X_rows_are_examples"].Matrix()), validation = TorchTests.Matrix(given["X_val"].Matrix());
        var (teacher, teacherParameters) = Network("teacher");
        var (student, studentParameters) = Network("student");
        var targets = Outputs.Of(teacher, teacherParameters, inputs) + TorchTests.Matrix(given["noise"].Matrix());
        var clean = Outputs.Of(teacher, teacherParameters, validation);

        var map = LinearFit.Matrix(LinearFit.Inverse(inputs), student.Apply(studentParameters, inputs, NetworkMode.Evaluate));
        golden.Close(expected["train"]["B"], map.Numbers());
        Split(expected["train"], inputs, targets);
        Split(expected["val_with_train_B"], validation, clean);

        var residual = expected["residual_teacher"];
        var teacherMap = LinearFit.Matrix(LinearFit.Inverse(inputs), targets);
        var (rest, restTargets) = ResidualModel.Of(teacher, inputs, targets);
        golden.Close(residual["B_teacher"], teacherMap.Numbers());
        golden.Close(
            residual["linear_power_fraction"], (LinearFit.Apply(teacherMap, inputs).square().sum() / targets.square().sum()).Number());
        golden.Close(
            residual["scale"],
            (restTargets.square().sum() / (targets - LinearFit.Apply(teacherMap, inputs)).square().sum()).sqrt().Number());
        golden.Close(residual["train_targets"], restTargets.Numbers());
        golden.Close(residual["val_targets"], rest.Apply(teacherParameters, validation, NetworkMode.Evaluate).Numbers());

        (Mlp Model, ParameterSet Parameters) Network(string who) =>
            Networks.FromWeights(given[$"{who}_weights"], given["leak"].Number(), given[$"{who}_output_activation"].Flag());

        void Split(GoldenNode wanted, Tensor at, Tensor aim)
        {
            var outputs = student.Apply(studentParameters, at, NetworkMode.Evaluate);
            var parts = new LinearDecomposition(BatchedSvd.Full(student.Jacobians(studentParameters, at)).U, map, at, outputs, aim);
            golden.Close(wanted["linear"], parts.Linear.Number());
            golden.Close(wanted["nonlinear"], parts.Nonlinear.Number());
            golden.Close(wanted["cross"], parts.Cross.Number());
            golden.Close(wanted["target_power"], aim.square().sum(2).mean([1L]).Number());
            golden.Close(wanted["loss"], new SquaredError(ErrorScaling.MeanExampleSumOutput).Loss(outputs, aim).Number());
            golden.Close(wanted["linear_by_mode"], parts.ModeLinear.Numbers());
            golden.Close(wanted["nonlinear_by_mode"], parts.ModeNonlinear.Numbers());
            golden.Close(wanted["cross_by_mode"], parts.ModeCross.Numbers());
        }
    }
}
