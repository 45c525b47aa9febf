using Sweeper.Golden;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Phases;

/// <summary>Reads the cases of `perturbation`: both laws for each tensor and eta.</summary>
internal static class PerturbationVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block) => block["cases"].Items.Select(node =>
        new GoldenCase($"{node["tensor"].Text()}, eta {node["eta"].Number()}", node, block));

    public static void Check(GoldenCase golden)
    {
        var rows = golden.Node["W"].Items.Length;
        var weights = Flat("W");
        var eta = tensor(golden.Node["eta"].Number()).view(1, 1, 1);
        var paper = Perturb.Moved(weights, Flat("eps"), eta, keepsNorm: false);
        var code = Perturb.Moved(weights, Flat("eps"), eta, keepsNorm: true);

        golden.Close(golden.Node["W_paper"], paper.Numbers());
        golden.Close(golden.Node["W_code"], code.Numbers());
        golden.Close(golden.Node["norm_W"], Norm(weights));
        golden.Close(golden.Node["norm_delta_paper"], Norm(paper - weights));
        golden.Close(golden.Node["norm_W_code"], Norm(code));
        golden.Close(golden.Node["cos_W_code"], (weights * code).sum().Number() / (Norm(weights) * Norm(code)));

        Tensor Flat(string field) => tensor(golden.Node[field].Numbers()).view(1, rows, -1);
    }

    private static double Norm(Tensor matrix) => matrix.square().sum().sqrt().Number();
}
