using Sweeper.Golden;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the cases of `n_seed000_statistics`: what became of eight leaky-ReLU students, with a teacher and data of our own. The
/// one-mode cases are trained to their end; of the five-mode case, which takes minutes, the first tenth is, and its last
/// epochs are the business of the whole figures.
/// </summary>
internal static class OutcomeVectors
{
    private const int Seeds = 8;

    /// <summary>What a mode adds to the loss before it is learned: smaller contributions are not the mode's.</summary>
    private const double Noticeable = 0.005;

    /// <summary>Steps times examples that a case may take.</summary>
    private const long Budget = 45_000L * 256;

    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        given.Skip("teacher", "loss", "whitening");
        golden.Block["tolerance"].Skip("note");
        var hasOutputActivation = given.Find("output_activation")?.Flag() ?? false;
        golden.Same(given["init"], "0.7 x Haar orthogonal", given["init"].Text());
        golden.Same(given["seeds"], Seeds, (int)given["seeds"].Integer());
        var examples = (int)given["n_train"].Integer();
        long[] epochs = [.. expected["epochs"].Numbers().Select(epoch => (long)epoch).Where(epoch => epoch * examples <= Budget)];
        var point = TestPacks.Point(
            ("dtype", "float32"), ("leak", given.Find("leak")?.Number() ?? 0.1), ("teacher_output_activation", hasOutputActivation), ("student_output_activation", hasOutputActivation),
            ("teacher_spectrum", given["teacher_first_layer_singular_values"].Numbers()), ("train_examples", examples),
            ("validation_examples", (int)given["n_val"].Integer()), ("noise", given["noise_std"].Number()), ("depth", (int)given["student_weight_matrices"].Integer()),
            ("optimizer", given["optimizer"].Text()), ("learning_rate", given["learning_rate"].Number()), ("steps", (int)epochs[^1]));
        var measured = TestPacks.Run(TestPacks.Pack(
            [.. Enumerable.Range(0, Seeds).Select(seed => TestPacks.Trial(point, seed))], Seeds,
            ["relative_loss", "mode_loss", "mode_strength", "alignment_left", "teacher_strength"], epochs));
        var outcome = new Outcome(golden, measured, epochs);
        if (expected.Find("val_relative") is not null)
        {
            FiveModes(outcome, expected);
        }
        else
        {
            OneMode(outcome, expected);
        }
    }

    private static void OneMode(Outcome of, GoldenNode expected)
    {
        of.Curve(expected["train_relative_mean"], of.Mean("relative_loss", 0, "train"));
        of.Curve(expected["val_relative_mean"], of.Mean("relative_loss", 0));
        of.Curve(expected["align_val_mean"], of.Mean("alignment_left", 0));
        of.Curve(expected["align_train_mean"], of.Mean("alignment_left", 0, "train"));
        of.Curve(expected["contribution_mode1_val_mean"], Contribution(of.Mean("mode_loss", 0)));
        of.Curve(expected["mode2_strength_mean"], of.Mean("mode_strength", 1));
        foreach (var (field, split) in new[] { ("contribution_mode2_val_mean", "validation"), ("contribution_mode2_train_mean", "train") })
        {
            of.Golden.Same(expected[field], Math.Sign(expected[field].Numbers()[^1]), Math.Sign(Contribution(of.Mean("mode_loss", 1, split))[^1]));
        }

        var seeds = of.Seeds("relative_loss", 0);
        of.Times(expected["argmin_val_epoch_per_seed"], [.. seeds.Select(of.TimeOfLeast)]);
        of.Times(expected["argmin_val_epoch_of_mean"], [of.TimeOfLeast(of.Mean("relative_loss", 0))]);
        of.Times(expected["argmax_align_val_epoch_of_mean"], [of.TimeOfLeast(Negative(of.Mean("alignment_left", 0)))]);
        of.Times(expected["argmax_align_train_epoch_of_mean"], [of.TimeOfLeast(Negative(of.Mean("alignment_left", 0, "train")))]);
        of.Spread(expected["min_val"], [.. seeds.Select(seed => seed.Min())]);
        of.Spread(expected["final_val"], [.. seeds.Select(seed => seed[^1])]);
    }

    private static void FiveModes(Outcome of, GoldenNode expected)
    {
        var losses = of.Seeds("relative_loss", 0);
        of.Curve(expected["val_relative"]["mean"], of.Mean("relative_loss", 0));
        of.Curve(expected["val_relative"]["min"], [.. Enumerable.Range(0, of.Epochs.Length).Select(at => losses.Min(seed => seed[at]))]);
        of.Curve(expected["val_relative"]["max"], [.. Enumerable.Range(0, of.Epochs.Length).Select(at => losses.Max(seed => seed[at]))]);
        expected["val_relative"].Skip("sd");

        // From mode to mode the loss falls less, and strengths fall off.
        double[][] contributions = [.. expected["one_plus_contribution_mean"].Matrix().Take(of.Epochs.Length)], strengths = [.. expected["mode_strength_mean"].Matrix().Take(of.Epochs.Length)];
        for (var mode = 0; mode < 5; mode++)
        {
            var wanted = Contribution([.. contributions.Select(row => row[mode])]);
            of.Curve(expected["one_plus_contribution_mean"], wanted, Contribution(of.Mean("mode_loss", mode)), Noticeable);
            of.Curve(expected["mode_strength_mean"], [.. strengths.Select(row => row[mode])], of.Mean("mode_strength", mode));
            of.Value(expected["teacher_mode_strength"], expected["teacher_mode_strength"].Numbers()[mode], of.Mean("teacher_strength", mode)[0]);
            of.Golden.Same(expected["one_plus_contribution_mean"], true, of.Mean("mode_loss", mode)[^1] < of.Mean("mode_loss", mode + 1)[^1]);
        }

        // The first mode's part of the loss has its minimum early and rises again.
        var first = of.Seeds("mode_loss", 0);
        of.Times(expected["contribution1_argmin_epoch_per_seed"], [.. first.Select(of.TimeOfLeast)]);
        of.Spread(expected["contribution1_min"], [.. first.Select(seed => Contribution(seed).Min())]);
        of.Golden.Same(expected["contribution1_final"], true, first.Average(seed => seed[^1]) > first.Average(seed => seed.Min()));
        expected.Skip("contribution1_final", "align_U_final", "mode_strength_final", "max_over_examples_of_seed_averaged_alignment");
    }

    private static double[] Contribution(double[] losses) => Array.ConvertAll(losses, loss => loss - 1);

    private static double[] Negative(double[] values) => Array.ConvertAll(values, value => -value);

    /// <summary>What was measured, and how it is compared.</summary>
    private sealed record Outcome(GoldenCase Golden, Measured Measured, long[] Epochs)
    {
        /// <summary>One curve for each seed.</summary>
        public double[][] Seeds(string metric, int mode, string split = "validation") =>
            [.. Enumerable.Range(0, OutcomeVectors.Seeds).Select(seed => Array.ConvertAll(Epochs, epoch => Measured.Of(metric, epoch, seed, split)[mode]))];

        /// <summary>Mean over seeds.</summary>
        public double[] Mean(string metric, int mode, string split = "validation")
        {
            var seeds = Seeds(metric, mode, split);
            return [.. Enumerable.Range(0, Epochs.Length).Select(at => seeds.Average(seed => seed[at]))];
        }

        public double TimeOfLeast(double[] curve) => Epochs[Array.IndexOf(curve, curve.Min())];

        public void Curve(GoldenNode node, double[] actual) => Curve(node, node.Numbers()[..actual.Length], actual);

        public void Curve(GoldenNode node, double[] expected, double[] actual, double noticeable = 0) =>
            OutcomeRanges.Curve(Golden, node, Epochs, expected, actual, noticeable);

        public void Times(GoldenNode node, double[] actual) => OutcomeRanges.Times(Golden, node, node.Numbers(), actual);

        public void Value(GoldenNode node, double expected, double actual) => OutcomeRanges.Value(Golden, node, expected, actual);

        /// <summary>Mean over seeds; smallest and largest of them.</summary>
        public void Spread(GoldenNode node, double[] actual)
        {
            Value(node["mean"], node["mean"].Number(), actual.Average());
            Value(node["min"], node["min"].Number(), actual.Min());
            Value(node["max"], node["max"].Number(), actual.Max());
            node.Skip("sd");
        }
    }
}
