using Sweeper.Core.Packing;
using Sweeper.Golden;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the cases of `f_transfer_montecarlo`: the sampled transfer benefit of two linear tasks. Few seeds of our own: their standard error
/// counts.
/// </summary>
internal static class TransferVectors
{
    private const int Seeds = 4;

    /// <summary>Of tau: later than the minima of all strengths that are no weaker than the noise.</summary>
    private const double Duration = 3.3;

    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        given.Skip("samples");
        // What the theory says at this size is the business of the theory's vectors.
        expected.Skip("theory_T");
        double strongest = Math.Max(given["sA"].Number(), given["sB"].Number()), rate = Math.Min(0.006, 0.2 / strongest);
        var steps = (long)(Duration / rate);
        var packs = SampledRuns.Packs(
            FormattableString.Invariant(
                $$"""
                sweep: transfer
                experiment: task-transfer
                fixed:
                  strength_a: {{given["sA"].Number()}}
                  strength_b: {{given["sB"].Number()}}
                  overlap: {{given["q"].Number()}}
                  inputs: {{given["N1"].Integer()}}
                  outputs: {{given["N3_per_head"].Integer()}}
                  width: {{given["N2"].Integer()}}
                  init_scale: {{Math.Sqrt(given["eps"].Number())}}
                  noise: {{1 / Math.Sqrt(given["N1"].Number())}}
                  learning_rate: {{rate}}
                  steps: {{steps}}
                seeds: {{Seeds}}
                measure: [ { at: { every: {{Math.Max(1, steps / 200)}} }, metrics: [head_relative_loss] } ]
                """));
        var alone = new double[Seeds];
        var joint = new double[Seeds];
        foreach (var (work, measured) in packs)
        {
            for (var trial = 0; trial < work.Trials.Length; trial++)
            {
                alone[work.Trials[trial].Seed] = Smallest(work, measured, trial, member: 1);
                joint[work.Trials[trial].Seed] = Smallest(work, measured, trial, member: 0);
            }
        }

        // Standard errors of the minima themselves are not given: those of as many samples as the benefit's are of this size.
        SampledRuns.CheckMean(golden, expected["eps_A_opt_mean"], 0.02, alone);
        SampledRuns.CheckMean(golden, expected["eps_AB_opt_mean"], 0.02, joint);
        SampledRuns.CheckMean(golden, expected["T_mean"], expected["T_se"].Number(), [.. alone.Zip(joint, (one, two) => one - two)]);
    }

    private static double Smallest(PackWork work, Measured measured, int trial, int member) => work.Schedule.Snapshots
        .Min(snapshot => measured.Of("head_relative_loss", snapshot.Step, trial, "validation", "A", member)[0]);
}
