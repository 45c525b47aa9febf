using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Xunit;

namespace Sweeper.Tests.Journal;

public sealed class NumericsClassTests
{
    private const string Amd = "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict";
    private const string Intel = "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL avx2 strict";
    private const string Lanes = "lanes 1, " + Amd;
    private const string Cuda = "torch 2.10.0, TorchSharp 0.107.0, cuda";
    private const string Fused = "fused 1, " + Cuda;

    [Theory]
    [InlineData("", Amd, true)]
    [InlineData(Amd, Amd, true)]
    [InlineData(Amd, Intel, false)]
    [InlineData(Amd, Cuda, false)]
    [InlineData(Cuda, Amd, false)]
    [InlineData(Amd, Amd + ", 2 threads", false)]
    // As folders have it that were begun before Sweeper had singular values of its own.
    [InlineData(Amd, Amd + ", SVD lanes 1", false)]
    // Or with another version of them.
    [InlineData(Lanes + ", SVD lanes 1", Lanes + ", SVD lanes 2", false)]
    [InlineData("torch 2.10.0, TorchSharp 0.107.0, cpu avx2", Amd + ", SVD lanes 1", true)]
    [InlineData(Amd + "|" + Cuda, Cuda, true)]
    // As folders have it that were begun before the choice of kernels was fixed.
    [InlineData("torch 2.10.0, TorchSharp 0.107.0, cpu avx2", Amd, true)]
    [InlineData("torch 2.10.0, TorchSharp 0.107.0, cpu avx512", Intel, true)]
    [InlineData("torch 2.10.0, TorchSharp 0.107.0, cpu avx512", Cuda, false)]
    [InlineData("torch 2.9.0, TorchSharp 0.107.0, cpu avx2", Amd, false)]
    // And have gone on with one since: another one would be mixed with that.
    [InlineData("torch 2.10.0, TorchSharp 0.107.0, cpu avx2|" + Amd, Amd, true)]
    [InlineData("torch 2.10.0, TorchSharp 0.107.0, cpu avx2|" + Amd, Intel, false)]
    [InlineData("fake 1", "fake 2", false)]
    public void A_sweep_goes_on_with_what_began_it_and_one_from_before_kernels_were_fixed_with_any(string begun, string with, bool may) =>
        Assert.Equal(may, NumericsClass.MayGoOn([.. begun.Split('|', StringSplitOptions.RemoveEmptyEntries)], with));

    [Theory]
    // A new folder: lanes where they fit and the device has them, unless torch is asked for.
    [InlineData("", Lanes, EngineKind.Lanes, null, Lanes)]
    [InlineData("", Lanes, EngineKind.Torch, null, Amd)]
    [InlineData("", Lanes, EngineKind.Lanes, EngineKind.Torch, Amd)]
    [InlineData("", Cuda, EngineKind.Lanes, null, Cuda)]
    [InlineData("", Cuda, EngineKind.Lanes, EngineKind.Lanes, null)]
    // One that was begun goes on with what began it.
    [InlineData(Amd, Lanes, EngineKind.Lanes, null, Amd)]
    [InlineData("torch 2.10.0, TorchSharp 0.107.0, cpu avx512", Lanes, EngineKind.Lanes, null, Amd)]
    [InlineData(Lanes, Lanes, EngineKind.Lanes, null, Lanes)]
    [InlineData(Amd, Lanes, EngineKind.Lanes, EngineKind.Lanes, null)]
    [InlineData(Lanes, Lanes, EngineKind.Lanes, EngineKind.Torch, null)]
    [InlineData(Intel, Lanes, EngineKind.Lanes, null, null)]
    public void A_worker_begins_a_sweep_with_what_fits_and_goes_on_with_what_began_it(
        string begun, string offered, EngineKind fits, EngineKind? asked, string? chosen)
    {
        ImmutableArray<string> history = [.. begun.Split('|', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(chosen, NumericsClass.Choose(history, offered, fits, asked, isMixed: false));
        Assert.Equal(
            asked == EngineKind.Lanes && offered == Cuda ? null : chosen ?? (asked == EngineKind.Torch ? Amd : Lanes),
            NumericsClass.Choose(history, offered, fits, asked, isMixed: true));
    }

    [Theory]
    // Fused kernels begin a folder only where a person asks for them, and go on with what they began.
    [InlineData("", Fused, EngineKind.Lanes, null, Cuda)]
    [InlineData("", Fused, EngineKind.Lanes, EngineKind.Fused, Fused)]
    [InlineData("", Fused, EngineKind.Lanes, EngineKind.Torch, Cuda)]
    [InlineData("", Fused, EngineKind.Torch, null, Cuda)]
    [InlineData("", Cuda, EngineKind.Lanes, EngineKind.Fused, null)]
    [InlineData("", Lanes, EngineKind.Lanes, EngineKind.Fused, null)]
    [InlineData("", Fused, EngineKind.Lanes, EngineKind.Lanes, null)]
    [InlineData(Fused, Fused, EngineKind.Lanes, null, Fused)]
    [InlineData(Fused, Cuda, EngineKind.Lanes, null, null)]
    [InlineData(Cuda, Fused, EngineKind.Lanes, null, Cuda)]
    [InlineData(Cuda, Fused, EngineKind.Lanes, EngineKind.Fused, null)]
    public void Fused_kernels_train_where_they_are_asked_for_or_began(
        string begun, string offered, EngineKind fits, EngineKind? asked, string? chosen) =>
        Assert.Equal(
            chosen,
            NumericsClass.Choose([.. begun.Split('|', StringSplitOptions.RemoveEmptyEntries)], offered, fits, asked, isMixed: false));

    [Fact]
    public void Fused_kernels_are_named_first() => Assert.Equal(
        (Fused, EngineKind.Fused), (NumericsClass.WithFused(Cuda), NumericsClass.EngineOf(Fused)));

    [Fact]
    public void Lanes_are_named_first() => Assert.Equal((Lanes, EngineKind.Lanes, EngineKind.Torch),
        (NumericsClass.WithLanes(Amd), NumericsClass.EngineOf(Lanes), NumericsClass.EngineOf(Amd)));
}
