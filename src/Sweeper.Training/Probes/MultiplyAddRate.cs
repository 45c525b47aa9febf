using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Training.Probes;

/// <summary>How fast one core of this machine multiplies and adds, now: what it does with numbers that never leave its registers.</summary>
public static class MultiplyAddRate
{
    private const int Rounds = 20_000;
    private const int ChainsAtOnce = 12;

    /// <summary>
    /// Operations a second of one thread, float32, in the widest registers that the processor has; a fused multiply-add counts as two.
    /// </summary>
    /// <param name="seconds">About how long it is measured.</param>
    public static double Measure(double seconds = 0.05) =>
        Vector512.IsHardwareAccelerated ? Measure<Lanes512<float>>(seconds)
        : Vector256.IsHardwareAccelerated ? Measure<Lanes256<float>>(seconds)
        : Measure<Lanes128<float>>(seconds);

    private static unsafe double Measure<TLanes>(double seconds)
        where TLanes : unmanaged, ILanes<TLanes, float>
    {
        using var sink = new LaneArray<float>(TLanes.Count);
        Chains<TLanes>(sink.Pointer);
        var watch = Stopwatch.StartNew();
        var times = 0L;
        do
        {
            Chains<TLanes>(sink.Pointer);
            times++;
        }
        while (watch.Elapsed.TotalSeconds < seconds);

        return 2.0 * times * Rounds * ChainsAtOnce * TLanes.Count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Twelve independent chains, as many as the kernels have: more than two units of four cycles need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Chains<TLanes>(float* sink)
        where TLanes : unmanaged, ILanes<TLanes, float>
    {
        TLanes a = default, b = default, c = default, d = default, e = default, f = default;
        TLanes g = default, h = default, i = default, j = default, k = default, l = default;
        TLanes x = TLanes.All(0.5f), y = TLanes.All(1);
        for (var round = 0; round < Rounds; round++)
        {
            a = TLanes.FusedMultiplyAdd(a, x, y);
            b = TLanes.FusedMultiplyAdd(b, x, y);
            c = TLanes.FusedMultiplyAdd(c, x, y);
            d = TLanes.FusedMultiplyAdd(d, x, y);
            e = TLanes.FusedMultiplyAdd(e, x, y);
            f = TLanes.FusedMultiplyAdd(f, x, y);
            g = TLanes.FusedMultiplyAdd(g, x, y);
            h = TLanes.FusedMultiplyAdd(h, x, y);
            i = TLanes.FusedMultiplyAdd(i, x, y);
            j = TLanes.FusedMultiplyAdd(j, x, y);
            k = TLanes.FusedMultiplyAdd(k, x, y);
            l = TLanes.FusedMultiplyAdd(l, x, y);
        }

        TLanes.Store(a + b + c + d + e + f + g + h + i + j + k + l, sink);
    }
}
