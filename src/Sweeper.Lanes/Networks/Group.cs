using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Trains the lanes of one register: their numbers are brought together, [number][lane], all steps are done, and they are put back. What
/// a lane becomes does not depend on the others.
/// </summary>
internal sealed unsafe class Group<TLanes, T> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Some hundredths of a second: a rule by work, not by time.
    private const double OperationsBetweenLooks = 1e9;

    private readonly LaneTraining training;
    private readonly LaneData<T> data;
    private readonly int[] lanes;
    private readonly int chunk;
    private readonly long between;
    private readonly MlpMemory memory;
    private readonly ExampleBuffer<TLanes, T> examples;
    private readonly Backpropagation<TLanes, T> backpropagation;
    private readonly LaneArray<T> numbers, gradient, mask, settings;
    private readonly LaneArray<T>[] moments;

    /// <param name="training">The networks and how they are trained.</param>
    /// <param name="data">What they learn from.</param>
    /// <param name="lanes">Which lanes of the pack, at most as many as a register holds.</param>
    /// <param name="chunk">Examples that go through all layers together, or null for what suits the network.</param>
    public Group(LaneTraining training, LaneData<T> data, int[] lanes, int? chunk)
    {
        (this.training, this.data, this.lanes) = (training, data, lanes);
        memory = new MlpMemory(training.Shape);
        this.chunk = chunk ?? ChunkSize.Of(memory, data.Examples, TLanes.Count * sizeof(T));
        between = (long)Math.Clamp(OperationsBetweenLooks / (6.0 * memory.Size * data.Examples * TLanes.Count), 1, 1000);
        examples = new ExampleBuffer<TLanes, T>(data, lanes, training.Shape, this.chunk);
        backpropagation = new Backpropagation<TLanes, T>(training, memory, this.chunk);
        numbers = Numbers(memory.Size);
        gradient = Numbers(memory.Size);
        mask = Numbers(memory.Size);
        settings = Numbers(3);
        moments = [.. Enumerable.Range(0, training.Update.Moments).Select(_ => Numbers(memory.Size))];
    }

    /// <summary>Does steps.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">Which.</param>
    /// <param name="look">Called now and then, with how many more are done.</param>
    public void Advance(LaneState<T> state, LaneSteps steps, Action<long> look)
    {
        Interleaving<TLanes, T>.Bring(state.Numbers, lanes, memory.Places, numbers.Pointer);
        foreach (var (place, moment) in moments.Index())
        {
            Interleaving<TLanes, T>.Bring(state.Moment(place), lanes, memory.Places, moment.Pointer);
        }

        if (state.Mask != null)
        {
            Interleaving<TLanes, T>.Bring(state.Mask, lanes, memory.Places, mask.Pointer);
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
                UpdateKernel<TLanes, T>.Hold(gradient.Pointer, mask.Pointer, memory.Size);
            }

            Change(steps.Updates + step + 1, steps.Factor(steps.Clock + step));
        }

        Interleaving<TLanes, T>.PutBack(state.Numbers, lanes, memory.Places, numbers.Pointer);
        foreach (var (place, moment) in moments.Index())
        {
            Interleaving<TLanes, T>.PutBack(state.Moment(place), lanes, memory.Places, moment.Pointer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
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
        for (var from = 0; from < all; from += chunk)
        {
            var count = Math.Min(chunk, all - from);
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
                    numbers.Pointer, gradient.Pointer, moments.Length > 0 ? moments[0].Pointer : null, memory.Size,
                    Spread(sgd.Rate, 0) * TLanes.All(T.CreateChecked(factor)), Spread(sgd.Decay, 1), Spread(sgd.Momentum, 2),
                    sgd.Decay is not null);
                break;
            case Update.Adam adam:
                TLanes rate = Spread(adam.Rate, 0), decay = Spread(adam.Decay, 1);
                var shrink = TLanes.All(T.One) - rate * decay * TLanes.All(T.CreateChecked(factor));
                UpdateKernel<TLanes, T>.Adam(
                    numbers.Pointer, gradient.Pointer, moments[0].Pointer, moments[1].Pointer, memory.Size,
                    AdamStep<T>.Of(adam, update, factor), rate, decay, shrink, adam.Decay is not null, adam.IsDecoupled);
                break;
        }
    }

    /// <summary>What belongs to each lane, in its place; 0 where there is none.</summary>
    private TLanes Spread(double[]? values, int place)
    {
        var target = settings.Pointer + place * TLanes.Count;
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            target[lane] = values is null ? T.Zero : T.CreateChecked(values[lanes[lane]]);
        }

        return TLanes.Load(target);
    }
}
