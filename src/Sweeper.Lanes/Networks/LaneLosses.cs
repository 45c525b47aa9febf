using System.Numerics;
using System.Runtime.Intrinsics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Sums of squared errors or logistic losses of small perceptrons at examples that stay the same, a number of each of several lanes in a
/// register: equal bits in registers of any width, whatever lanes are beside one.
/// </summary>
internal abstract class LaneLosses<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Named in the numerics class: another one where bits are others.</summary>
    public const int Version = 1;

    // Of numbers of one network, and of its examples: what sixteen networks take of a cache, and a pack of memory.
    private const int LargestNetwork = 6144, MostInputs = 1 << 14;

    /// <summary>Whether networks and examples are as small as this is made for: a rule of the work, not of the machine.</summary>
    public static bool IsFor(MlpShape shape, int examples) =>
        MlpMemory.ByLane(shape).Size <= LargestNetwork && (long)examples * shape.Widths[0] <= MostInputs;

    /// <summary>The same for logistic losses, whose examples are not kept beside the data where they are many.</summary>
    public static bool IsForLogistic(MlpShape shape) => MlpMemory.ByLane(shape).Size <= LargestNetwork;

    /// <summary>With the widest registers that this processor has.</summary>
    /// <param name="shape">The networks.</param>
    /// <param name="data">Examples, which are copied here and now.</param>
    /// <param name="lanes">Networks of the pack.</param>
    /// <param name="isLogistic">Whether losses are logistic ones of one output, with targets 1 or -1.</param>
    public static LaneLosses<T> Of(MlpShape shape, LaneData<T> data, int lanes, bool isLogistic) =>
        Vector512.IsHardwareAccelerated ? new LaneLosses<Lanes512<T>, T>(shape, data, lanes, isLogistic)
        : Vector256.IsHardwareAccelerated ? new LaneLosses<Lanes256<T>, T>(shape, data, lanes, isLogistic)
        : new LaneLosses<Lanes128<T>, T>(shape, data, lanes, isLogistic);

    /// <summary>Sums over examples and outputs.</summary>
    /// <param name="numbers">Parameters [lanes, size].</param>
    /// <param name="sums">[lanes].</param>
    public abstract unsafe void Sum(T* numbers, T* sums);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>With registers of one kind.</summary>
internal sealed unsafe class LaneLosses<TLanes, T> : LaneLosses<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int examples, outputs;
    private readonly bool isLogistic, isKept;
    private readonly GroupLayout<ByLane<TLanes, T>, TLanes, T> layout;
    private readonly ForwardPass<ByLane<TLanes, T>, TLanes, T> forward;
    private readonly (int[] Lanes, ExampleBuffer<ByLane<TLanes, T>, TLanes, T> Examples)[] groups;
    private readonly LaneArray<T> brought, total;

    /// <param name="shape">The networks.</param>
    /// <param name="data">Examples.</param>
    /// <param name="lanes">Networks of the pack.</param>
    /// <param name="isLogistic">Whether losses are logistic ones of one output, with targets 1 or -1.</param>
    public LaneLosses(MlpShape shape, LaneData<T> data, int lanes, bool isLogistic = false)
    {
        (examples, outputs, this.isLogistic) = (data.Examples, shape.Widths[^1], isLogistic);
        isKept = !isLogistic || IsFor(shape, data.Examples);
        layout = new GroupLayout<ByLane<TLanes, T>, TLanes, T>(shape, null, examples);
        forward = new ForwardPass<ByLane<TLanes, T>, TLanes, T>(shape, layout, isForOutputs: true);
        groups =
        [
            .. Enumerable.Range(0, lanes).Chunk(TLanes.Count).Select(
                together => (together, new ExampleBuffer<ByLane<TLanes, T>, TLanes, T>(data, together, shape, layout))),
        ];
        Array.ForEach(isKept ? groups : [], group => group.Examples.All(0));
        brought = new LaneArray<T>((long)layout.Size * TLanes.Count);
        total = new LaneArray<T>(TLanes.Count);
    }

    /// <inheritdoc/>
    public override void Sum(T* numbers, T* sums)
    {
        foreach (var (lanes, buffer) in groups)
        {
            Interleaving<T>.Bring(numbers, lanes, layout.Memory, brought.Pointer, layout.Number);
            var sum = default(TLanes);
            for (var from = 0; from < examples; from += layout.Chunk)
            {
                var count = Math.Min(layout.Chunk, examples - from);
                var chunk = isKept ? buffer.All(from) : buffer.Run(from, count);
                forward.Run(brought.Pointer, chunk.Inputs, MlpMemory.Padded(count));
                sum = isLogistic ? LogisticLosses<TLanes, T>.Add(forward.Outputs, chunk.Targets, count, sum)
                    : SquaredErrors<TLanes, T>.Add(forward.Outputs, chunk.Targets, layout.Chunk * TLanes.Count, outputs, count, sum);
            }

            TLanes.Store(sum, total.Pointer);
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                sums[lanes[lane]] = total.Pointer[lane];
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        forward.Dispose();
        brought.Dispose();
        total.Dispose();
        foreach (var (_, buffer) in groups)
        {
            buffer.Dispose();
        }
    }
}
