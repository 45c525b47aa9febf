using Sweeper.Golden;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Phases;

/// <summary>Reads the cases of `magnitude_mask`; of its two rules the exact one, which keeps floor(keep n).</summary>
internal static class MagnitudeMaskVectors
{
    public static void Check(GoldenCase golden)
    {
        var node = golden.Node;
        double[][] layers = [.. node["tensors"].Items.Select(layer => layer.Numbers())];
        var mask = MagnitudeMask.Largest(tensor(layers.SelectMany(layer => layer).ToArray()).unsqueeze(0), [node["keep"].Number()]);
        double[] kept = [.. mask.split(Array.ConvertAll(layers, layer => (long)layer.Length), 1).Select(part => part.sum().Number())];
        golden.Close(node["mask_exact"], mask.Numbers());
        golden.Same(node["info"]["kept_exact"], node["info"]["kept_exact"].Integer(), (long)kept.Sum());
        golden.Close(node["layer_kept_exact"], kept);
        golden.Close(node["layer_density_exact"], [.. kept.Zip(layers, (count, layer) => count / layer.Length)], Rounding);
        golden.Close(node["layer_sparsity_exact"], [.. kept.Zip(layers, (count, layer) => 1 - count / layer.Length)], Rounding);
        node.Skip("layer_density_strict");
        node["info"].Skip("N", "k", "threshold", "kept_strict");
    }

    private static GoldenTolerance Rounding { get; } = new(Absolute: 1e-15);
}
