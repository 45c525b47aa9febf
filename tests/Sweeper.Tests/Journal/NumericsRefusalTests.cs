using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Xunit;

namespace Sweeper.Tests.Journal;

public sealed class NumericsRefusalTests
{
    private const string Amd = "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict, SVD lanes 2";
    private const string Lanes = "lanes 1, " + Amd;
    private const string Cuda = "torch 2.10.0, TorchSharp 0.107.0, cuda NVIDIA H200";

    [Theory]
    [InlineData(Lanes, Amd, "lanes 1 / none")]
    [InlineData(Amd, Lanes, "none / lanes 1")]
    [InlineData(Amd, "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL compatible, SVD lanes 1",
        "MKL auto strict / MKL compatible, SVD lanes 2 / SVD lanes 1")]
    [InlineData(Amd, Amd + ", 2 threads", "none / 2 threads")]
    // What follows from another device says nothing more.
    [InlineData(Cuda, Lanes, "cuda NVIDIA H200 / cpu avx2")]
    [InlineData("fused 1, " + Cuda, Cuda, "fused 1 / none")]
    [InlineData("fake 1", "fake 2", "fake 1 / fake 2")]
    [InlineData(Amd, Amd, "")]
    public void What_two_classes_differ_in_is_said_part_by_part(string one, string other, string difference) =>
        Assert.Equal(difference, NumericsDifference.Of(one, other));

    [Fact]
    public void Of_several_classes_the_nearest_one_is_compared() =>
        Assert.Equal("lanes 1 / none", NumericsDifference.OfNearest(Lanes, [Cuda, Amd]));

    [Theory]
    [InlineData(Lanes, EngineKind.Torch, "begun by lanes, and --engine torch asks for torch", "Leave --engine out to go on with lanes")]
    [InlineData(Amd, EngineKind.Lanes, "begun by torch, and --engine lanes asks for lanes", "Leave --engine out to go on with torch")]
    public void Where_the_option_is_the_cause_the_option_is_named(string begun, EngineKind asked, string problem, string remedy)
    {
        var refusal = NumericsRefusal.Of("this machine", [begun], Lanes, EngineKind.Lanes, asked, isMixed: false)!;

        Assert.Contains(problem, refusal.Problem, StringComparison.Ordinal);
        Assert.StartsWith(remedy, refusal.Remedy, StringComparison.Ordinal);
        Assert.Equal(refusal, NumericsRefusal.OfEngine([begun], asked, isMixed: false));
        Assert.Null(NumericsRefusal.OfEngine([begun], asked, isMixed: true));
    }

    [Fact]
    public void A_machine_of_another_kind_is_told_what_differs_and_three_remedies()
    {
        var refusal = NumericsRefusal.Of("this machine", [Lanes], Cuda, EngineKind.Lanes, null, isMixed: false)!;

        Assert.Equal(
            "this machine computes with other numbers than this sweep was begun with: cuda NVIDIA H200 / cpu avx2", refusal.Problem);
        Assert.All(["kind that began it", "--results", "--mixed"], remedy =>
            Assert.Contains(remedy, refusal.Remedy, StringComparison.Ordinal));
        Assert.Null(NumericsRefusal.Of("", [Lanes], Cuda, EngineKind.Lanes, null, isMixed: true));
    }

    [Fact]
    public void A_folder_that_torch_began_is_compared_with_the_torch_of_a_machine_that_has_lanes_too() => Assert.EndsWith(
        "begun with: MKL auto strict / MKL avx2 strict",
        NumericsRefusal.Of(
            "", [Amd.Replace("MKL auto", "MKL avx2", StringComparison.Ordinal)], Lanes, EngineKind.Lanes, null, isMixed: false)!.Problem,
        StringComparison.Ordinal);

    [Fact]
    public void A_machine_that_has_not_the_engine_is_told_which_one_it_needs()
    {
        var refusal = NumericsRefusal.Of("", [], Cuda, EngineKind.Lanes, EngineKind.Fused, isMixed: false)!;

        Assert.Equal($"computes with {Cuda}, and this sweep is to be trained by fused", refusal.Problem);
        Assert.Equal("Train it with a device that has fused, or leave --engine out.", refusal.Remedy);
    }
}
