using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Examples of the lanes of one group, chunk by chunk: all of them, brought together once, or those of a batch.
/// </summary>
internal sealed unsafe class ExampleBuffer<TArrangement, TLanes, T> : IDisposable
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LaneData<T> data;
    private readonly int[] lanes;
    private readonly GroupLayout<TArrangement, TLanes, T> layout;
    private readonly int inputs, outputs;
    private LaneArray<T>? all, some;

    /// <param name="data">All examples of the pack.</param>
    /// <param name="lanes">The lanes of this group.</param>
    /// <param name="shape">The networks.</param>
    /// <param name="layout">Where numbers lie.</param>
    public ExampleBuffer(LaneData<T> data, int[] lanes, MlpShape shape, GroupLayout<TArrangement, TLanes, T> layout)
    {
        (this.data, this.lanes, this.layout) = (data, lanes, layout);
        (inputs, outputs) = (shape.Widths[0], shape.Widths[^1]);
    }

    /// <summary>How many there are.</summary>
    public int Count => data.Examples;

    /// <summary>Numbers of a chunk.</summary>
    private long Size => Targets + layout.SizeOf(outputs);

    /// <summary>From a chunk's inputs to its targets.</summary>
    private long Targets => layout.SizeOf(inputs);

    /// <summary>A chunk of all examples.</summary>
    /// <param name="from">Its first example, a multiple of the chunk.</param>
    public Chunk<T> All(int from)
    {
        if (all is null)
        {
            all = new LaneArray<T>((data.Examples + layout.Chunk - 1) / layout.Chunk * Size);
            for (var begin = 0; begin < data.Examples; begin += layout.Chunk)
            {
                for (var lane = 0; lane < lanes.Length; lane++)
                {
                    for (var example = begin; example < Math.Min(begin + layout.Chunk, data.Examples); example++)
                    {
                        Place(lane, example, all.Pointer + begin / layout.Chunk * Size, example - begin);
                    }
                }
            }
        }

        return new Chunk<T>(all.Pointer + from / layout.Chunk * Size, all.Pointer + from / layout.Chunk * Size + Targets);
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
        Place(data.Inputs(lanes[lane], example, inputs), layout.Units(into, inputs), inputs, lane, place);
        Place(data.Targets(lanes[lane], example, outputs), layout.Units(into + Targets, outputs), outputs, lane, place);
    }

    private static void Place(T* source, Units<T> units, int width, int lane, int example)
    {
        var target = units.First + example * units.Example + lane;
        if (units.Unit == 1)
        {
            new ReadOnlySpan<T>(source, width).CopyTo(new Span<T>(target, width));
            return;
        }

        for (var number = 0; number < width; number++)
        {
            target[number * units.Unit] = source[number];
        }
    }
}

/// <summary>Examples that go through all layers together.</summary>
/// <param name="inputs">Of all units, all examples and all lanes.</param>
/// <param name="targets">The same.</param>
internal readonly unsafe struct Chunk<T>(T* inputs, T* targets)
    where T : unmanaged
{
    /// <summary>Inputs.</summary>
    public T* Inputs => inputs;

    /// <summary>Targets.</summary>
    public T* Targets => targets;
}
