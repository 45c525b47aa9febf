using Sweeper.Golden;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Tests.Predictions;

/// <summary>Reads the cases of a_mode_growth.</summary>
internal static class ModeGrowthVectors
{
    public static void Check(GoldenCase golden)
    {
        var input = golden.Node["input"];
        var expected = golden.Node["expected"];
        var tolerances = golden.Block["tolerance"];
        var depth = (int)input["weight_matrices"].Integer();
        var tolerance = new GoldenTolerance(Relative: tolerances[depth == 3 ? "rel_L3" : "rel"].Number());
        tolerances.Skip("note", "rel", "rel_L3");
        input.Skip("paper_layers");
        golden.Node.Skip("id");

        var initial = input["eps"].Number();
        var times = input["t_over_tau"].Numbers();
        double[] targets = input.Find("shat_list")?.Numbers() ?? [input["shat"].Number()];
        golden.Close(expected["s"], [.. targets.SelectMany(target => times.Select(new ModeGrowth(depth, target, initial).At))], tolerance);
        if (expected.Find("t_half_over_tau") is { } half)
        {
            golden.Close(half, new ModeGrowth(depth, targets[0], initial).HalfRiseTime, tolerance);
        }
    }
}
