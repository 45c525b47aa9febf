using Sweeper.Golden;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Tests.Predictions;

/// <summary>Reads the curves of `jd05_balanced_dynamics`; what it says of networks is another project's.</summary>
internal static class BalancedDynamicsVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block)
    {
        foreach (var node in block["cases"].Items)
        {
            if (node["inputs"].Find("s0") is null)
            {
                node.Skip("id", "inputs", "expected", "tolerance");
                continue;
            }

            yield return new GoldenCase(node["id"].Text(), node, block);
        }
    }

    public static void Check(GoldenCase golden)
    {
        var (given, depth) = (golden.Node["inputs"], (int)golden.Node["inputs"]["L"].Integer());
        given.Skip("loss");
        golden.Node["tolerance"].Skip("note");
        var modes = given["target"].Numbers()
            .Zip(given["s0"].Numbers(), (target, initial) => new ModeGrowth(depth, target, initial)).ToArray();
        golden.Close(
            golden.Node["expected"]["s"], [.. given["times"].Numbers().SelectMany(time => modes.Select(mode => mode.At(time)))]);
    }
}
