using System.Numerics;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Examples of the lanes of one register, [unit][example][lane], chunk by chunk: all of them, brought together once, or those of a batch.
/// </summary>
internal sealed unsafe class ExampleBuffer<TLanes, T> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LaneData<T> data;
    private readonly int[] lanes;
    private readonly int inputs, outputs, chunk;
    private LaneArray<T>? all, some;

    /// <param name="data">All examples of the pack.</param>
    /// <param name="lanes">The lanes of this register.</param>
    /// <param name="shape">The networks.</param>
    /// <param name="chunk">Examples of a chunk.</param>
    public ExampleBuffer(LaneData<T> data, int[] lanes, MlpShape shape, int chunk)
    {
        (this.data, this.lanes, this.chunk) = (data, lanes, chunk);
        (inputs, outputs) = (shape.Widths[0], shape.Widths[^1]);
    }

    /// <summary>Numbers of a chunk, the inputs filled up as <see cref="MlpMemory"/> says.</summary>
    private long Size => (long)(MlpMemory.Padded(inputs) + outputs) * chunk * TLanes.Count;

    /// <summary>From a chunk's inputs to its targets.</summary>
    private long Targets => (long)MlpMemory.Padded(inputs) * chunk * TLanes.Count;

    /// <summary>A chunk of all examples.</summary>
    /// <param name="from">Its first example, a multiple of the chunk.</param>
    public Chunk<T> All(int from)
    {
        if (all is null)
        {
            all = new LaneArray<T>((data.Examples + chunk - 1) / chunk * Size);
            for (var begin = 0; begin < data.Examples; begin += chunk)
            {
                for (var lane = 0; lane < lanes.Length; lane++)
                {
                    for (var example = begin; example < Math.Min(begin + chunk, data.Examples); example++)
                    {
                        Place(lane, example, all.Pointer + begin / chunk * Size, example - begin);
                    }
                }
            }
        }

        return new Chunk<T>(all.Pointer + from / chunk * Size, all.Pointer + from / chunk * Size + Targets);
    }

    /// <summary>A chunk of a batch, good until the next one.</summary>
    /// <param name="orders">Of all lanes of the pack.</param>
    /// <param name="time">Steps since they began.</param>
    /// <param name="from">The first of the batch's examples.</param>
    /// <param name="count">At most a chunk.</param>
    public Chunk<T> Some(IExamples[] orders, long time, int from, int count)
    {
        some ??= new LaneArray<T>(Size);
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            var chosen = orders[lanes[lane]].At(time).Slice(from, count);
            for (var example = 0; example < count; example++)
            {
                Place(lane, chosen[example], some.Pointer, example);
            }
        }

        return new Chunk<T>(some.Pointer, some.Pointer + Targets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        all?.Dispose();
        some?.Dispose();
    }

    private void Place(int lane, int example, T* into, int place)
    {
        var target = into + (long)place * TLanes.Count + lane;
        Place(data.Inputs(lanes[lane], example, inputs), target, inputs);
        Place(data.Targets(lanes[lane], example, outputs), target + Targets, outputs);
    }

    private void Place(T* source, T* target, int width)
    {
        for (var number = 0; number < width; number++)
        {
            target[(nint)number * chunk * TLanes.Count] = source[number];
        }
    }
}

/// <summary>Examples that go through all layers together.</summary>
/// <param name="inputs">[inputs][example][lane].</param>
/// <param name="targets">[outputs][example][lane].</param>
internal readonly unsafe struct Chunk<T>(T* inputs, T* targets)
    where T : unmanaged
{
    /// <summary>Inputs.</summary>
    public T* Inputs => inputs;

    /// <summary>Targets.</summary>
    public T* Targets => targets;
}
