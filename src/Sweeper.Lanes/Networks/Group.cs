using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Trains lanes together: their numbers are brought together, all steps are done, and they are put back. What a lane becomes does not
/// depend on the others.
/// </summary>
internal abstract unsafe class Group<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Does steps.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">Which.</param>
    /// <param name="look">Called now and then, with how many more are done.</param>
    public abstract void Advance(LaneState<T> state, LaneSteps steps, Action<long> look);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The lanes of one register, a number of each in it; or one lane, some of its units in a register.</summary>
internal sealed unsafe class Group<TArrangement, TLanes, T> : Group<T>
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Some hundredths of a second: a rule by work, not by time.
    private const double OperationsBetweenLooks = 1e9;

    private readonly LaneTraining training;
    private readonly LaneData<T> data;
    private readonly int[] lanes;
    private readonly long between;
    private readonly GroupLayout<TArrangement, TLanes, T> layout;
    private readonly ExampleBuffer<TArrangement, TLanes, T> examples;
    private readonly Backpropagation<TArrangement, TLanes, T> backpropagation;
    private readonly LaneArray<T> numbers, gradient, mask, settings;
    private readonly LaneArray<T>[] moments;

    /// <param name="training">The networks and how they are trained.</param>
    /// <param name="data">What they learn from.</param>
    /// <param name="lanes">Which lanes of the pack: as many as a register can hold, or one.</param>
    /// <param name="chunk">Examples that go through all layers together, or null for what suits the network.</param>
    public Group(LaneTraining training, LaneData<T> data, int[] lanes, int? chunk)
    {
        (this.training, this.data, this.lanes) = (training, data, lanes);
        layout = new GroupLayout<TArrangement, TLanes, T>(training.Shape, chunk, data.Examples);
        between = (long)Math.Clamp(OperationsBetweenLooks / (6.0 * layout.Size * TLanes.Count * data.Examples), 1, 1000);
        examples = new ExampleBuffer<TArrangement, TLanes, T>(data, lanes, training.Shape, layout);
        backpropagation = new Backpropagation<TArrangement, TLanes, T>(training, layout);
        numbers = Numbers(layout.Size);
        gradient = Numbers(layout.Size);
        mask = Numbers(layout.Size);
        settings = Numbers(3);
        moments = [.. Enumerable.Range(0, training.Update.Moments).Select(_ => Numbers(layout.Size))];
    }

    /// <inheritdoc/>
    public override void Advance(LaneState<T> state, LaneSteps steps, Action<long> look)
    {
        Interleaving<T>.Bring(state.Numbers, lanes, layout.Memory.Places, numbers.Pointer, layout.Number);
        foreach (var (place, moment) in moments.Index())
        {
            Interleaving<T>.Bring(state.Moment(place), lanes, layout.Memory.Places, moment.Pointer, layout.Number);
        }

        if (state.Mask != null)
        {
            Interleaving<T>.Bring(state.Mask, lanes, layout.Memory.Places, mask.Pointer, layout.Number);
        }

        for (var step = 0L; step < steps.Count; step++)
        {
            if (step % between == 0)
            {
                look(step == 0 ? 0 : between);
            }

            Differentiate(steps, steps.Clock + step - steps.Since);
            if (state.Mask != null)
            {
                UpdateKernel<TLanes, T>.Hold(gradient.Pointer, mask.Pointer, layout.Size);
            }

            Change(steps.Updates + step + 1, steps.Factor(steps.Clock + step));
        }

        Interleaving<T>.PutBack(state.Numbers, lanes, layout.Memory.Places, numbers.Pointer, layout.Number);
        foreach (var (place, moment) in moments.Index())
        {
            Interleaving<T>.PutBack(state.Moment(place), lanes, layout.Memory.Places, moment.Pointer, layout.Number);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        examples.Dispose();
        backpropagation.Dispose();
        foreach (var array in (LaneArray<T>[])[numbers, gradient, mask, settings, .. moments])
        {
            array.Dispose();
        }
    }

    private static LaneArray<T> Numbers(long count) => new(count * TLanes.Count);

    private void Differentiate(LaneSteps steps, long time)
    {
        var all = steps.Orders is { } orders ? orders[lanes[0]].At(time).Length : data.Examples;
        for (var from = 0; from < all; from += layout.Chunk)
        {
            var count = Math.Min(layout.Chunk, all - from);
            var next = steps.Orders is null ? examples.All(from) : examples.Some(steps.Orders, time, from, count);
            backpropagation.Add(numbers.Pointer, gradient.Pointer, next, count, all, isFirst: from == 0);
        }
    }

    private void Change(long update, double factor)
    {
        switch (training.Update)
        {
            case Update.Sgd sgd:
                UpdateKernel<TLanes, T>.Descend(
                    numbers.Pointer, gradient.Pointer, moments.Length > 0 ? moments[0].Pointer : null, layout.Size,
                    Spread(sgd.Rate, 0) * TLanes.All(T.CreateChecked(factor)), Spread(sgd.Decay, 1), Spread(sgd.Momentum, 2),
                    sgd.Decay is not null);
                break;
            case Update.Adam adam:
                TLanes rate = Spread(adam.Rate, 0), decay = Spread(adam.Decay, 1);
                var shrink = TLanes.All(T.One) - rate * decay * TLanes.All(T.CreateChecked(factor));
                UpdateKernel<TLanes, T>.Adam(
                    numbers.Pointer, gradient.Pointer, moments[0].Pointer, moments[1].Pointer, layout.Size,
                    AdamStep<T>.Of(adam, update, factor), rate, decay, shrink, adam.Decay is not null, adam.IsDecoupled);
                break;
        }
    }

    /// <summary>What belongs to each lane, in its place; 0 where there is none.</summary>
    private TLanes Spread(double[]? values, int which)
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
