using Sweeper.Golden;
using Sweeper.Theory.Generalisation;
using Sweeper.Theory.Spectra;

namespace Sweeper.Tests.Predictions;

/// <summary>
/// Reads the sampled cases b_montecarlo, d_montecarlo, f_transfer_montecarlo and g_examples_montecarlo: means of fewer samples of our own
/// agree with
/// the file's within four standard errors of the difference; the theory that stands beside them is that of the theory.
/// </summary>
internal static class SampledVectors
{
    private const int OwnSamples = 10;

    /// <summary>
    /// With as many nodes the theory of d_montecarlo was computed: for four weight matrices and late times it has two digits.
    /// </summary>
    private const int FileNodes = 100;

    public static void CheckTopMode(GoldenCase golden)
    {
        var (input, expected) = (golden.Node["input"], golden.Node["expected"]);
        golden.Node.Skip("id");
        golden.Block["tolerance"].Skip("note");
        var samples = input["samples"].Integer();
        var task = new LinearTask((int)input["N1"].Integer(), (int)input["N3"].Integer(), [input["s"].Number()]);
        var law = new SpikedMatrix(input["A"].Number());
        var exact = new GoldenTolerance(1e-12, 1e-10);
        golden.Close(expected["theory_shat"], law.Observed(task.Strengths[0]), exact);
        golden.Close(expected["theory_overlap"], law.Overlap(task.Strengths[0]), exact);
        const int own = 4;
        var drawn = Enumerable.Range(0, own).Select(seed => TopMode.Of(task, seed)).ToArray();
        Agree(golden, expected["shat_mean"], expected["shat_se"].Number(), samples, drawn.Average(top => top.Observed), own);
        Agree(golden, expected["overlap_mean"], expected["overlap_se"].Number(), samples, drawn.Average(top => top.Overlap), own);
    }

    public static void CheckCurves(GoldenCase golden)
    {
        var (input, expected) = (golden.Node["input"], golden.Node["expected"]);
        golden.Node.Skip("id");
        golden.Block["tolerance"].Skip("note");
        // What starts from random singular vectors is trained elsewhere.
        expected.Skip("random", "max_abs_dln_test_TA_vs_theory");
        var task = new LinearTask((int)input["N1"].Integer(), (int)input["N3"].Integer(), [.. input["sbar"].Numbers()]);
        var student = new DeepStudent((int)input["N2"].Integer(), (int)input["weight_matrices"].Integer(), input["eps"].Number());
        var times = expected["t_over_tau"].Numbers();
        CheckTheory(golden, expected["theory"], new ErrorCurves(task, student, nodes: FileNodes), times);

        var aligned = expected["TA"];
        var samples = aligned["n"].Integer();
        var descent = new AlignedDescent(student, input["learning_rate"].Number(), times);
        var drawn = Enumerable.Range(0, OwnSamples).Select(seed => descent.Train(new SampledTask(task, student, seed))).ToArray();
        for (var i = 0; i < times.Length; i++)
        {
            Follow("ln_train", i, drawn.Average(run => run.LnTrain[i]));
            Follow("ln_test", i, drawn.Average(run => run.LnTest[i]));
        }

        var least = drawn.Average(run => run.LnLeast);
        Agree(golden, aligned["min_ln_test_mean"], aligned["min_ln_test_se"].Number(), samples, least, OwnSamples);
        Agree(golden, aligned["t_opt_mean"], aligned["t_opt_se"].Number(), samples, drawn.Average(run => run.Best), OwnSamples);

        void Follow(string name, int i, double mean) =>
            Agree(
                golden, aligned[name]["mean"].Items[i], aligned[name]["sd"].Items[i].Number() / Math.Sqrt(samples), samples,
                mean, OwnSamples);
    }

    public static void CheckTransfer(GoldenCase golden)
    {
        var (input, expected) = (golden.Node["input"], golden.Node["expected"]);
        golden.Node.Skip("id");
        var student = new DeepStudent((int)input["N2"].Integer(), Initial: input["eps"].Number());
        var (inputs, outputs) = ((int)input["N1"].Integer(), (int)input["N3_per_head"].Integer());
        var tasks = new TwoTasks(input["sA"].Number(), input["sB"].Number(), input["q"].Number(), inputs, outputs);
        golden.Close(expected["theory_T"], tasks.Benefit(student), new GoldenTolerance(2e-5));
        var drawn = Enumerable.Range(0, OwnSamples).Select(seed => SampledTransfer.Of(tasks, student, seed)).ToArray();
        var samples = input["samples"].Integer();
        var error = expected["T_se"].Number();
        Agree(golden, expected["T_mean"], error, samples, drawn.Average(one => one.Alone - one.Joint), OwnSamples);
        // The file has no errors of the two minima: each varies about as much as their difference.
        Agree(golden, expected["eps_A_opt_mean"], 2 * error, samples, drawn.Average(one => one.Alone), OwnSamples);
        Agree(golden, expected["eps_AB_opt_mean"], 2 * error, samples, drawn.Average(one => one.Joint), OwnSamples);
    }

    public static void CheckExamples(GoldenCase golden)
    {
        var (input, expected) = (golden.Node["input"], golden.Node["expected"]);
        golden.Node.Skip("id");
        var size = (int)input["N"].Integer();
        var task = new LinearTask(size, size, [.. input["sbar"].Numbers()]).WithExamples((int)input["P"].Integer());
        var student = new DeepStudent(size, Initial: input["eps"].Number());
        var samples = input["samples"].Integer();
        var times = expected["t_over_tau"].Numbers();
        var drawn = Enumerable.Range(0, OwnSamples).Select(seed => new SampledTask(task, student, seed)).ToArray();
        for (var i = 0; i < times.Length; i++)
        {
            var mean = drawn.Average(one => Math.Log(one.TestErrorAt(times[i])));
            Agree(golden, expected["ln_eps_mean"].Items[i], expected["ln_eps_se"].Items[i].Number(), samples, mean, OwnSamples);
        }

        var minimum = drawn.Average(one => Enumerable.Range(0, 500).Min(i => one.TestErrorAt(i * 0.01)));
        Agree(golden, expected["min_mean"], expected["min_se"].Number(), samples, minimum, OwnSamples);
    }

    private static void CheckTheory(GoldenCase golden, GoldenNode theory, ErrorCurves curves, double[] times)
    {
        // The tolerances of d_theory_curves; the logarithm of an error near 1 keeps its absolute digits.
        var tolerance = new GoldenTolerance(1e-6, 1e-6);
        golden.Close(theory["ln_train"], [.. times.Select(time => Math.Log(curves.TrainError(time)))], tolerance);
        golden.Close(theory["ln_test"], [.. times.Select(time => Math.Log(curves.TestError(time)))], tolerance);
        var stopping = curves.Stopping();
        golden.Close(theory["t_opt"], stopping.Time, new GoldenTolerance(1e-3));
        golden.Close(theory["ln_min_test"], Math.Log(stopping.Error), tolerance);
    }

    /// <summary>Means of two samples of one law, the file's and ours: four standard errors of their difference.</summary>
    private static void Agree(GoldenCase golden, GoldenNode expected, double error, long samples, double actual, int own) =>
        golden.Close(expected, actual, new GoldenTolerance(4 * error * Math.Sqrt(1 + (double)samples / own) + 1e-12));
}
