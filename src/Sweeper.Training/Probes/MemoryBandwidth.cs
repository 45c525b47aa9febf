using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Training.Probes;

/// <summary>How fast one core of this machine reads memory that no cache holds, now.</summary>
public static class MemoryBandwidth
{
    /// <summary>Server processors have caches of hundreds of megabytes, shared by all of their cores.</summary>
    private const long Bytes = 512L << 20;

    /// <summary>Bytes a second that one thread reads.</summary>
    /// <param name="seconds">About how long it is measured, a first pass over the memory not counted.</param>
    public static unsafe double Measure(double seconds = 0.1)
    {
        using var memory = new LaneArray<float>(Bytes / sizeof(float));
        using var sink = new LaneArray<float>(Vector512<float>.Count);
        Read(memory.Pointer, memory.Length, sink.Pointer);
        var watch = Stopwatch.StartNew();
        var times = 0L;
        do
        {
            Read(memory.Pointer, memory.Length, sink.Pointer);
            times++;
        }
        while (watch.Elapsed.TotalSeconds < seconds);

        return times * Bytes / watch.Elapsed.TotalSeconds;
    }

    private static unsafe void Read(float* from, long numbers, float* sink)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Sum<Lanes512<float>>(from, numbers, sink);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Sum<Lanes256<float>>(from, numbers, sink);
        }
        else
        {
            Sum<Lanes128<float>>(from, numbers, sink);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Sum<TLanes>(float* from, long numbers, float* sink)
        where TLanes : unmanaged, ILanes<TLanes, float>
    {
        TLanes a = default, b = default, c = default, d = default;
        for (var end = from + numbers; from < end; from += 4 * TLanes.Count)
        {
            a += TLanes.Load(from);
            b += TLanes.Load(from + TLanes.Count);
            c += TLanes.Load(from + 2 * TLanes.Count);
            d += TLanes.Load(from + 3 * TLanes.Count);
        }

        TLanes.Store(a + b + c + d, sink);
    }
}
