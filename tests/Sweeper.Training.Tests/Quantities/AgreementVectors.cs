using Sweeper.Golden;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads `alignment` (its pairs of linear layers) and `sva`.</summary>
internal static class AgreementVectors
{
    /// <summary>Layers of other kinds are not built: convolutions, embeddings, attention heads, recurrent gates.</summary>
    public static IEnumerable<GoldenCase> LinearPairs(GoldenNode block)
    {
        block.Skip("conv", "conv_to_linear", "tconv", "embedding", "heads", "lstm");
        return block["linear"].Items.Select(node => new GoldenCase(node["name"].Text(), node, block));
    }

    public static void CheckAlignment(GoldenCase golden) =>
        Check(golden, SingularVectorAgreement.BetweenLayers(ModesOf(golden, "W_i"), ModesOf(golden, "W_next")), "A", "a");

    public static void CheckAgreement(GoldenCase golden) =>
        Check(golden, SingularVectorAgreement.Of(ModesOf(golden, "W_a"), ModesOf(golden, "W_b")), "S", "s");

    private static void Check(GoldenCase golden, Tensor agreements, string matrix, string mean)
    {
        golden.Close(golden.Node[matrix], agreements.Numbers());
        golden.Close(golden.Node[mean], LeadingDiagonal.Mean(agreements).Number());
    }

    private static Modes ModesOf(GoldenCase golden, string field) => BatchedSvd.Full(TorchTests.Matrix(golden.Node[field].Matrix()));
}
