using Sweeper.Golden;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads the cases of `effective_rank`.</summary>
internal static class EffectiveRankVectors
{
    private const double FloorOfReleasedCode = 1e-10;

    public static void Check(GoldenCase golden)
    {
        var shape = golden.Node["shape"].Numbers();
        var matrix = TorchTests.Matrix([.. golden.Node["matrix"].Items.Select(row => row.Numbers())]).view(1, (long)shape[0], -1);
        var singular = BatchedSvd.Full(matrix).S;
        var rank = singular.shape[1];
        var expected = golden.Node["expect"];
        void Close(string field, double actual) => golden.Close(expected[field], actual);

        golden.Same(expected["R"], expected["R"].Integer(), rank);
        golden.Close(expected["sigma"], singular.Numbers());
        Close("frobenius", matrix.square().sum().sqrt().Number());
        Close("nuclear", singular.sum().Number());
        Close("spectral", singular.max().Number());
        Close("H", SpectrumStatistics.Entropy(singular).Number());
        Close("erank", SpectrumStatistics.EffectiveRank(singular).Number());
        Close("norm_erank", SpectrumStatistics.EffectiveRank(singular).Number() / rank);
        Close("norm_entropy_paper", SpectrumStatistics.Entropy(singular).Number() / rank);
        Close("stable_rank", SpectrumStatistics.StableRank(singular).Number());
        Close("count90", SpectrumStatistics.Count90(singular).Number());
        Close("code_norm_erank", SpectrumStatistics.EffectiveRank(singular + FloorOfReleasedCode).Number() / rank);
    }
}
