using Sweeper.Golden;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Tests.Predictions;

/// <summary>
/// Reads what cases of `jd07_alignment` say in closed form; sampled and trained networks are the business of the tests that train.
/// </summary>
internal static class NoisyLeastSquaresVectors
{
    private const string Cosine = "closed_form_cosine", Alignment = "closed_form_cka_far_from_threshold", Limit = "asymptotic_cosine";

    /// <summary>The cases that have closed forms.</summary>
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block)
    {
        block.Skip("topic", "part", "about");
        foreach (var node in block["cases"].Items)
        {
            var rows = node["expected"].Find("by_n");
            if (rows?.Items.Any(row => row.Find(Limit) is not null) == true)
            {
                yield return new GoldenCase(node["id"].Text(), node, block);
            }
            else
            {
                node.Skip("id", "inputs", "expected", "tolerance");
            }
        }
    }

    public static void Check(GoldenCase golden)
    {
        var (given, exact) = (golden.Node["inputs"], new GoldenTolerance(1e-12, 1e-12));
        golden.Node.Skip("tolerance");
        given.Skip("outputs", "sample_sizes", "perturb", "networks_per_dataset", "datasets", "definition");
        foreach (var row in golden.Node["expected"]["by_n"].Items)
        {
            var law = new NoisyLeastSquares((int)given["d"].Integer(), (int)row["n"].Integer(), given["snr"].Number());
            row.Skip("function_cosine", "se_function_cosine", "cka_population", "se_cka", "median_excess_risk");
            golden.Close(row["alpha"], (double)law.Examples / law.Inputs, exact);
            golden.Close(row[Limit], law.LimitOfCosine, exact);
            // At the threshold means are infinite, and the file says nothing.
            if (!row[Cosine].IsNull)
            {
                golden.Close(row[Cosine], law.Cosine, exact);
                golden.Close(row[Alignment], law.KernelAlignment, exact);
            }

            row.Skip(Alignment);
        }
    }
}
