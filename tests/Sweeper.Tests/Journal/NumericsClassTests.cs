using Sweeper.Core.Journal;
using Xunit;

namespace Sweeper.Tests.Journal;

public sealed class NumericsClassTests
{
    private const string Amd = "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict";
    private const string Intel = "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL avx2 strict";
    private const string Cuda = "torch 2.10.0, TorchSharp 0.107.0, cuda";

    [Theory]
    [InlineData("", Amd, true)]
    [InlineData(Amd, Amd, true)]
    [InlineData(Amd, Intel, false)]
    [InlineData(Amd, Cuda, false)]
    [InlineData(Cuda, Amd, false)]
    [InlineData(Amd, Amd + ", 2 threads", false)]
    // As folders have it that were begun before Sweeper had singular values of its own.
    [InlineData(Amd, Amd + ", SVD lanes 1", false)]
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
}
