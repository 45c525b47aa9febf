using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>Memory in which the lanes of one group after another are trained.</summary>
internal sealed unsafe class Workspace<TArrangement, TLanes, T> : IDisposable
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Some hundredths of a second: a rule by work, not by time.
    private const double OperationsBetweenLooks = 1e9;

    private readonly LaneTraining training;
    private readonly long between;
    private readonly GroupLayout<TArrangement, TLanes, T> layout;
    private readonly Backpropagation<TArrangement, TLanes, T> backpropagation;
    private readonly LaneArray<T> numbers, gradient, mask, settings;
    private readonly LaneArray<T>[] moments;

    /// <param name="training">The networks and how they are trained.</param>
    /// <param name="layout">Where their numbers lie.</param>
    /// <param name="examples">Examples of the data.</param>
    public Workspace(LaneTraining training, GroupLayout<TArrangement, TLanes, T> layout, int examples)
    {
        (this.training, this.layout) = (training, layout);
        between = (long)Math.Clamp(OperationsBetweenLooks / (6.0 * layout.Size * TLanes.Count * examples), 1, 1000);
        backpropagation = new Backpropagation<TArrangement, TLanes, T>(training, layout);
        numbers = Numbers(layout.Size);
        gradient = Numbers(layout.Size);
        mask = Numbers(layout.Size);
        settings = Numbers(3);
        moments = [.. Enumerable.Range(0, training.Update.Moments).Select(_ => Numbers(layout.Size))];
    }

    /// <summary>Does steps.</summary>
    /// <param name="lanes">Of these lanes.</param>
    /// <param name="examples">Theirs.</param>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">Which.</param>
    /// <param name="look">Called now and then, with how many more are done.</param>
    public void Advance(
        int[] lanes, ExampleBuffer<TArrangement, TLanes, T> examples, LaneState<T> state, LaneSteps steps, Action<long> look)
    {
        Bring(state.Numbers, lanes, numbers);
        foreach (var (place, moment) in moments.Index())
        {
            Bring(state.Moment(place), lanes, moment);
        }

        if (state.Mask != null)
        {
            Bring(state.Mask, lanes, mask);
        }

        for (var step = 0L; step < steps.Count; step++)
        {
            if (step % between == 0)
            {
                look(step == 0 ? 0 : between);
            }

            Differentiate(lanes[0], examples, steps, steps.Clock + step - steps.Since);
            if (state.Mask != null)
            {
                UpdateKernel<TLanes, T>.Hold(gradient.Pointer, mask.Pointer, layout.Size);
            }

            Change(lanes, steps.Updates + step + 1, steps.Factor(steps.Clock + step));
        }

        Interleaving<T>.PutBack(state.Numbers, lanes, layout.Memory, numbers.Pointer, layout.Number);
        foreach (var (place, moment) in moments.Index())
        {
            Interleaving<T>.PutBack(state.Moment(place), lanes, layout.Memory, moment.Pointer, layout.Number);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        backpropagation.Dispose();
        foreach (var array in (LaneArray<T>[])[numbers, gradient, mask, settings, .. moments])
        {
            array.Dispose();
        }
    }

    private static LaneArray<T> Numbers(long count) => new(count * TLanes.Count);

    private void Bring(T* rows, int[] lanes, LaneArray<T> into)
    {
        if (lanes.Length < layout.Number)
        {
            // Places of nobody hold what an earlier group left.
            into.Clear();
        }

        Interleaving<T>.Bring(rows, lanes, layout.Memory, into.Pointer, layout.Number);
    }

    private void Differentiate(int lane, ExampleBuffer<TArrangement, TLanes, T> examples, LaneSteps steps, long time)
    {
        var all = steps.Orders is { } orders ? orders[lane].At(time).Length : examples.Count;
        for (var from = 0; from < all; from += layout.Chunk)
        {
            var count = Math.Min(layout.Chunk, all - from);
            var next = steps.Orders is null ? examples.All(from) : examples.Some(steps.Orders, time, from, count);
            backpropagation.Add(numbers.Pointer, gradient.Pointer, next, count, all, isFirst: from == 0);
        }
    }

    private void Change(int[] lanes, long update, double factor)
    {
        switch (training.Update)
        {
            case Update.Sgd sgd:
                UpdateKernel<TLanes, T>.Descend(
                    numbers.Pointer, gradient.Pointer, moments.Length > 0 ? moments[0].Pointer : null, layout.Size,
                    Spread(lanes, sgd.Rate, 0) * TLanes.All(T.CreateChecked(factor)), Spread(lanes, sgd.Decay, 1),
                    Spread(lanes, sgd.Momentum, 2), sgd.Decay is not null);
                break;
            case Update.Adam adam:
                TLanes rate = Spread(lanes, adam.Rate, 0), decay = Spread(lanes, adam.Decay, 1);
                var shrink = TLanes.All(T.One) - rate * decay * TLanes.All(T.CreateChecked(factor));
                UpdateKernel<TLanes, T>.Adam(
                    numbers.Pointer, gradient.Pointer, moments[0].Pointer, moments[1].Pointer, layout.Size,
                    AdamStep<T>.Of(adam, update, factor), rate, decay, shrink, adam.Decay is not null, adam.IsDecoupled);
                break;
        }
    }

    /// <summary>What belongs to each lane, in its place; 0 where there is none.</summary>
    private TLanes Spread(int[] lanes, double[]? values, int which)
    {
        var target = settings.Pointer + which * TLanes.Count;
        for (var place = 0; place < TLanes.Count; place++)
        {
            // Places of nobody get the last lane's.
            target[place] = values is null ? T.Zero : T.CreateChecked(values[lanes[Math.Min(place, lanes.Length - 1)]]);
        }

        return TLanes.Load(target);
    }
}
