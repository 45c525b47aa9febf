using BenchmarkDotNet.Attributes;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Bench.Kernels;

/// <summary>Singular values of a thousand square matrices, with vectors and without, and as LAPACK computes them one by one.</summary>
public class SvdKernels
{
    private const int Matrices = 1000;
    private double[] numbers = [];

    /// <summary>Rows and columns.</summary>
    [Params(4, 12, 32, 64)]
    public int Side { get; set; }

    /// <summary>Numbers that are drawn once.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        TorchRuntime.Ensure();
        var random = new Random(1);
        numbers = [.. Enumerable.Range(0, Matrices * Side * Side).Select(_ => random.NextDouble() - 0.5)];
    }

    /// <summary>Values and vectors.</summary>
    [Benchmark(OperationsPerInvoke = Matrices)]
    public void Full() => Scoped(matrices => BatchedSvd.Full(matrices));

    /// <summary>Values only.</summary>
    [Benchmark(OperationsPerInvoke = Matrices)]
    public void Values() => Scoped(matrices => BatchedSvd.Values(matrices));

    /// <summary>Values and vectors by libtorch.</summary>
    [Benchmark(OperationsPerInvoke = Matrices, Baseline = true)]
    public void Lapack() => Scoped(matrices => linalg.svd(matrices, fullMatrices: false));

    private void Scoped(Action<Tensor> decompose)
    {
        using var scope = NewDisposeScope();
        decompose(tensor(numbers, [Matrices, Side, Side]));
    }
}
