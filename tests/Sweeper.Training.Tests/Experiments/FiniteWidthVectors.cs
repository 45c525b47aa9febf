using Sweeper.Golden;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Reads the sampled cases of `jd08_finite_width`; two inputs stand for any number.</summary>
internal static class FiniteWidthVectors
{
    private const int Networks = 500;

    /// <summary>
    /// 2 eta gamma^2 times the integral of (y - f)^2, which is at most (y - f0)^2 / (2 K), of outputs five standard deviations off.
    /// </summary>
    private static double Most(GoldenNode given)
    {
        var root = Math.Sqrt(given["N"].Number());
        return given["eta0"].Number() * (1 + 8 / root) * Math.Pow(given["gamma"].Number() * Math.Abs(given["y"].Number()) + 5 / root, 2);
    }

    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["inputs"], golden.Node["expected"]);
        golden.Block.Skip("topic", "part", "about");
        golden.Node.Skip("tolerance");
        given.Skip("D", "discretisation");
        var times = expected["by_time"].Items;
        long[] steps = [.. times.Select(time => (long)Math.Round(time["time"].Number() / given["eta0"].Number()))];
        var values = SampledRuns.Train(FormattableString.Invariant(
            $$"""
            sweep: width
            experiment: finite-width
            fixed:
              width: {{given["N"].Integer()}}
              richness: {{given["gamma"].Number()}}
              target: {{given["y"].Number()}}
              learning_rate: {{given["eta0"].Number()}}
              steps: {{steps.Max()}}
              dtype: float64
            seeds: {{Networks}}
            measure: [ { at: [{{string.Join(", ", steps)}}], metrics: [network_output, tangent_kernel, kernel_invariant] } ]
            """));
        foreach (var (time, step) in times.Zip(steps))
        {
            // What the theory says is the business of the theory's cases.
            time.Skip("theory_leading_N_var_f", "theory_leading_N_var_K");
            foreach (var (name, metric) in new[] { ("f", "network_output"), ("K", "tangent_kernel") })
            {
                var own = values(metric, step, "train", "", 0);
                SampledRuns.CheckMean(golden, time[$"mean_{name}"], time[$"se_mean_{name}"].Number(), own);
                SampledRuns.CheckVariance(
                    golden, time[$"N_var_{name}"], time[$"se_N_var_{name}"].Number(), given["reference_networks"].Number(), own, given["N"].Number());
            }

            // Of every network: conserved but for the length of the steps, in which (1 - (eta gamma (y - f))^2)^2 of it is left.
            var drift = values("kernel_invariant", step, "", "", 0).Zip(values("kernel_invariant", 0, "", "", 0), (now, first) => Math.Abs(now / first - 1)).Max();
            golden.Judge(time["time"], drift / Most(given), FormattableString.Invariant($"K^2 - 4 gamma^2 f^2 moved by {drift:G2} of itself"));
        }
    }
}
