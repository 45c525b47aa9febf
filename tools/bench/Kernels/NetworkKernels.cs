using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Bench.Kernels;

/// <summary>The products of a layer with sixteen examples, in registers of every kind that the processor has.</summary>
public unsafe class NetworkKernels
{
    private const int Examples = 16, MostLanes = 16;
    private LaneArray<float>[] memory = [];

    /// <summary>Units of both layers.</summary>
    [Params(12, 32, 64, 128)]
    public int Width { get; set; }

    /// <summary>Bits of a register.</summary>
    [ParamsSource(nameof(Registers))]
    public int Bits { get; set; }

    /// <summary>Those that the processor has.</summary>
    public static IEnumerable<int> Registers =>
        [.. Vector512.IsHardwareAccelerated ? [512] : (int[])[], .. Vector256.IsHardwareAccelerated ? [256] : (int[])[], 128];

    /// <summary>Numbers to compute with.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        long matrix = Width * Width * MostLanes, layer = Width * Examples * MostLanes;
        memory = [new(matrix), new(layer), new(layer)];
    }

    /// <summary>Units of the next layer.</summary>
    [Benchmark]
    public void Products()
    {
        switch (Bits)
        {
            case 512:
                ProductOf<Lanes512<float>>();
                break;
            case 256:
                ProductOf<Lanes256<float>>();
                break;
            default:
                ProductOf<Lanes128<float>>();
                break;
        }
    }

    /// <summary>The gradient of the weights.</summary>
    [Benchmark]
    public void WeightGradients()
    {
        switch (Bits)
        {
            case 512:
                GradientOf<Lanes512<float>>();
                break;
            case 256:
                GradientOf<Lanes256<float>>();
                break;
            default:
                GradientOf<Lanes128<float>>();
                break;
        }
    }

    /// <summary>Frees them.</summary>
    [GlobalCleanup]
    public void Free()
    {
        foreach (var array in memory)
        {
            array.Dispose();
        }
    }

    private float* Matrix => memory[0].Pointer;

    private float* Units => memory[1].Pointer;

    private float* Sums => memory[2].Pointer;

    private void ProductOf<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes, float>
    {
        nint count = TLanes.Count;
        Product<ByLane<TLanes, float>, TLanes, float>.Of(
            Matrix, Width * count, count, Of<TLanes>(Units), Of<TLanes>(Sums), null, Width, Width, Examples,
            default(AsItIs<TLanes, float>));
    }

    private void GradientOf<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes, float> =>
        WeightGradient<ByLane<TLanes, float>, TLanes, float>.Add(
            Of<TLanes>(Sums), Of<TLanes>(Units), Matrix, Width * TLanes.Count, TLanes.Count, Width, Width, Examples, isFirst: true);

    private static Units<float> Of<TLanes>(float* first)
        where TLanes : unmanaged, ILanes<TLanes, float> => new(first, Examples * TLanes.Count, TLanes.Count);
}
