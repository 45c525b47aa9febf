using System.Numerics;
using System.Runtime.CompilerServices;
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
                int[] chosen = [.. Enumerable.Range(begin, Math.Min(layout.Chunk, data.Examples - begin))];
                for (var lane = 0; lane < lanes.Length; lane++)
                {
                    Place(lane, chosen, all.Pointer + begin / layout.Chunk * Size);
                }
            }
        }

        return new Chunk<T>(all.Pointer + from / layout.Chunk * Size, all.Pointer + from / layout.Chunk * Size + Targets);
    }

    /// <summary>Examples in the order of the data, good until the next ones.</summary>
    /// <param name="from">The first one.</param>
    /// <param name="count">At most a chunk.</param>
    public Chunk<T> Run(int from, int count)
    {
        some ??= new LaneArray<T>(Size);
        Span<int> chosen = stackalloc int[count];
        for (var example = 0; example < count; example++)
        {
            chosen[example] = from + example;
        }

        for (var lane = 0; lane < lanes.Length; lane++)
        {
            Place(lane, chosen, some.Pointer);
        }

        return new Chunk<T>(some.Pointer, some.Pointer + Targets);
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
            Place(lane, orders[lanes[lane]].At(time).Slice(from, count), some.Pointer);
        }

        return new Chunk<T>(some.Pointer, some.Pointer + Targets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        all?.Dispose();
        some?.Dispose();
    }

    private void Place(int lane, ReadOnlySpan<int> chosen, T* into)
    {
        Place(data.Inputs(lanes[lane], 0, inputs), inputs, chosen, layout.Units(into, inputs), lane);
        Place(data.Targets(lanes[lane], 0, outputs), outputs, chosen, layout.Units(into + Targets, outputs), lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(T* rows, int width, ReadOnlySpan<int> chosen, Units<T> units, int lane)
    {
        nint unit = units.Unit, next = units.Example;
        var target = units.First + lane;
        foreach (var example in chosen)
        {
            var source = rows + (long)example * width;
            if (unit == 1)
            {
                new ReadOnlySpan<T>(source, width).CopyTo(new Span<T>(target, width));
            }
            else
            {
                var into = target;
                for (var number = 0; number < width; number++)
                {
                    *into = source[number];
                    into += unit;
                }
            }

            target += next;
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
