using Sweeper.Golden;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Tests.Predictions;

/// <summary>Reads the cases of error curves in theory: d_theory_curves, f_transfer_theory and g_examples_theory.</summary>
internal static class ErrorCurveVectors
{
    /// <summary>
    /// With as many nodes the curves of the file were computed: for four weight matrices and late times they have three digits.
    /// </summary>
    private const int FileNodes = 200;

    public static void CheckCurves(GoldenCase golden)
    {
        var (input, expected) = (golden.Node["input"], golden.Node["expected"]);
        golden.Node.Skip("id");
        var task = new LinearTask((int)input["N1"].Integer(), (int)input["N3"].Integer(), [.. input["sbar"].Numbers()]);
        var student = new DeepStudent((int)input["N2"].Integer(), (int)input["weight_matrices"].Integer(), input["eps"].Number());
        var curves = new ErrorCurves(task, student, nodes: FileNodes);
        var times = input["t_over_tau"].Numbers();
        golden.Close(expected["shat"], [.. task.Strengths.Select(task.Data.Observed)]);
        golden.Close(expected["overlap"], [.. task.Strengths.Select(task.Data.Overlap)]);
        golden.Close(expected["f"], curves.Split);
        golden.Close(expected["eps_train"], [.. times.Select(curves.TrainError)]);
        golden.Close(expected["eps_test"], [.. times.Select(curves.TestError)]);
        var least = CheckStopping(golden, curves);
        golden.Close(expected["ln_min_eps_test"], Math.Log(least), golden.Tolerance with { Absolute = golden.Tolerance.Relative });
        golden.Close(expected["nongradient_eps"], Shrinkage.Error(task.Data, task.Strengths));
    }

    public static void CheckTransfer(GoldenCase golden)
    {
        var (input, expected) = (golden.Node["input"], golden.Node["expected"]);
        var tolerances = golden.Block["tolerance"];
        golden.Node.Skip("id");
        var student = new DeepStudent((int)input["N2"].Integer(), Initial: input["eps"].Number());
        var (inputs, outputs) = ((int)input["N1"].Integer(), (int)input["N3_per_head"].Integer());
        var tasks = new TwoTasks(input["sA"].Number(), input["sB"].Number(), input["q"].Number(), inputs, outputs);
        GoldenTolerance benefit = new(tolerances["T_abs"].Number()), fine = new(tolerances["T_for_sA100_abs"].Number());
        GoldenTolerance error = new(Relative: tolerances["eps_rel"].Number()), curve = new(Relative: tolerances["curve_rel"].Number());
        // A strength of zero is the root of what rounding leaves.
        golden.Close(expected["joint_singular_values"], [.. tasks.SingularValues], new GoldenTolerance(1e-6, 1e-9));
        golden.Close(expected["loading_on_head_A_squared"], [.. tasks.LoadingsOnA], new GoldenTolerance(1e-9, 1e-9));
        golden.Close(expected["eps_A_opt"], tasks.AloneStopping(student).Error, error);
        golden.Close(expected["eps_AB_opt"], tasks.JointStopping(student).Error, error);
        golden.Close(expected["T"], tasks.Benefit(student), tasks.StrengthA == 100 ? fine : benefit);
        var joint = tasks.JointError(student);
        golden.Close(expected["curve"]["eps_A_joint"], [.. expected["curve"]["t_over_tau"].Numbers().Select(joint)], curve);
        // Noise of variance 1 / N3 instead of 1 / N1, with the start rescaled too.
        var weaker = Math.Sqrt((double)tasks.Outputs / tasks.Inputs);
        var noisier = tasks with { StrengthA = weaker * tasks.StrengthA, StrengthB = weaker * tasks.StrengthB };
        golden.Close(expected["T_if_noise_variance_is_1_over_N3"], noisier.Benefit(student), tasks.StrengthA == 100 ? fine : benefit);
    }

    public static void CheckExamples(GoldenCase golden)
    {
        var (input, expected) = (golden.Node["input"], golden.Node["expected"]);
        golden.Node.Skip("id");
        // The printed equation 27 is wrong.
        expected.Skip("eps_test_as_printed_eq27");
        var size = (int)input["N"].Integer();
        var task = new LinearTask(size, size, [.. input["sbar"].Numbers()]).WithExamples((int)input["P"].Integer());
        var curves = new ErrorCurves(task, new DeepStudent(size, Initial: input["eps"].Number()));
        golden.Close(expected["eps_test"], [.. input["t_over_tau"].Numbers().Select(curves.TestError)]);
        CheckStopping(golden, curves);
    }

    /// <summary>
    /// The file's minimum is that of times on a grid: the curve has it there, and ours is near and not higher. Gives the file's.
    /// </summary>
    private static double CheckStopping(GoldenCase golden, ErrorCurves curves)
    {
        var (time, error) = (golden.Node["expected"]["t_opt_over_tau"], golden.Node["expected"]["min_eps_test"]);
        var stopping = curves.Stopping();
        var there = curves.TestError(time.IsNull ? 0 : time.Number());
        if (time.IsNull)
        {
            golden.Same(time, 0, stopping.Time);
        }
        else
        {
            golden.Close(time, stopping.Time, new GoldenTolerance(golden.Block["tolerance"]["t_opt_abs"].Number()));
        }

        golden.Close(error, there);
        golden.Same(error, true, stopping.Error <= there * (1 + 1e-9));
        return there;
    }
}
