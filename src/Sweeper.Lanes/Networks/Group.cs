using System.Numerics;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Trains the lanes of one register: their numbers are brought together, [number][lane], all steps are done, and they are put back. What
/// a lane becomes does not depend on the others.
/// </summary>
/// <remarks>Examples go through all layers in chunks that stay in the cache; how many there are in one changes no bit.</remarks>
internal sealed unsafe class Group<TLanes, T> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LaneTraining training;
    private readonly MlpMemory memory;
    private readonly LaneData<T> data;
    private readonly IExamples[] orders;
    private readonly int first, lanes, chunk;
    private readonly T leak;
    private readonly LaneArray<T> numbers, gradient, mask, targets, errors, before, settings;
    private readonly LaneArray<T>[] moments, units;
    private readonly nint unit;

    /// <param name="training">The networks and how they are trained.</param>
    /// <param name="data">What they learn from.</param>
    /// <param name="orders">Which examples each lane of the pack sees; empty for all of them at every step.</param>
    /// <param name="first">The first of its lanes.</param>
    /// <param name="lanes">How many of them there are, at most as many as a register holds.</param>
    public Group(LaneTraining training, LaneData<T> data, IExamples[] orders, int first, int lanes)
    {
        (this.training, this.data, this.orders, this.first, this.lanes) = (training, data, orders, first, lanes);
        var shape = training.Shape;
        memory = new MlpMemory(shape);
        leak = T.CreateChecked(shape.Leak);
        chunk = Chunk.Of(memory, Largest, TLanes.Count * sizeof(T));
        // From one unit to the next. Chunks of the data lie one behind the other, each as if it were alone.
        unit = (nint)chunk * TLanes.Count;
        var resident = orders.Length == 0 ? (data.Examples + chunk - 1) / chunk * chunk : chunk;
        numbers = Numbers(memory.Size);
        gradient = Numbers(memory.Size);
        mask = Numbers(memory.Size);
        moments = [.. Enumerable.Range(0, training.Update.Moments).Select(_ => Numbers(memory.Size))];
        units =
        [
            Numbers((long)MlpMemory.Padded(shape.Widths[0]) * resident),
            .. shape.Widths.Skip(1).Select(width => Numbers((long)MlpMemory.Padded(width) * chunk)),
        ];
        targets = Numbers((long)shape.Widths[^1] * resident);
        errors = Numbers((long)shape.Widths.Max() * chunk);
        before = Numbers((long)shape.Widths.Max() * chunk);
        settings = Numbers(3);
        if (orders.Length == 0)
        {
            for (var from = 0; from < data.Examples; from += chunk)
            {
                Gather(from, Math.Min(chunk, data.Examples - from), from);
            }
        }
    }

    /// <summary>Examples of a step: all of them, or a batch.</summary>
    private int Largest => orders.Length == 0 ? data.Examples : orders[first].At(0).Length;

    /// <summary>Does steps.</summary>
    public void Advance(LaneState<T> state, LaneSteps steps)
    {
        Bring(state);
        for (var step = 0L; step < steps.Count; step++)
        {
            Differentiate(steps.Clock + step - steps.Since);
            if (state.Mask != null)
            {
                UpdateKernel<TLanes, T>.Hold(gradient.Pointer, mask.Pointer, memory.Size);
            }

            Change(steps.Updates + step + 1, steps.Factor(steps.Clock + step));
        }

        PutBack(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var array in (LaneArray<T>[])[numbers, gradient, mask, targets, errors, before, settings, .. moments, .. units])
        {
            array.Dispose();
        }
    }

    private static LaneArray<T> Numbers(long count) => new(count * TLanes.Count);

    private void Differentiate(long time)
    {
        var examples = orders.Length == 0 ? data.Examples : orders[first].At(time).Length;
        for (var from = 0; from < examples; from += chunk)
        {
            var count = Math.Min(chunk, examples - from);
            if (orders.Length > 0)
            {
                Gather(from, count, 0, time);
            }

            var at = orders.Length > 0 ? 0 : from;
            Forward(at, count);
            Backward(at, count, examples, isFirst: from == 0);
        }
    }

    private void Forward(int at, int count)
    {
        var examples = MlpMemory.Padded(count);
        for (var layer = 0; layer < memory.Layers.Length; layer++)
        {
            var shape = memory.Layers[layer];
            T* weights = Of(numbers, shape.Weights), from = Units(layer, at), to = Units(layer + 1, 0);
            var start = shape.Bias is { } bias ? Of(numbers, bias) : null;
            var row = (nint)shape.Stride * TLanes.Count;
            if (shape.HasActivation)
            {
                Product<TLanes, T>.Of(
                    weights, row, TLanes.Count, from, unit, to, start, shape.Outputs, shape.Inputs, examples, new Activated<TLanes, T>(leak));
            }
            else
            {
                Product<TLanes, T>.Of(
                    weights, row, TLanes.Count, from, unit, to, start, shape.Outputs, shape.Inputs, examples, default(AsItIs<TLanes, T>));
            }
        }
    }

    private void Backward(int at, int count, int examples, bool isFirst)
    {
        var last = memory.Layers.Length - 1;
        var (error, next) = (errors, before);
        OutputErrors(error.Pointer, at, count, examples);
        for (var layer = last; layer >= 0; layer--)
        {
            var shape = memory.Layers[layer];
            WeightGradient<TLanes, T>.Add(
                error.Pointer, Units(layer, at), unit, Of(gradient, shape.Weights), shape.Outputs, shape.Stride, count, isFirst);
            if (shape.Bias is { } bias)
            {
                WeightGradient<TLanes, T>.AddBias(error.Pointer, unit, Of(gradient, bias), shape.Outputs, count, isFirst);
            }

            if (layer > 0)
            {
                BackThrough(layer, error.Pointer, next.Pointer, MlpMemory.Padded(count));
                (error, next) = (next, error);
            }
        }
    }

    private void OutputErrors(T* error, int at, int count, int examples)
    {
        var last = memory.Layers.Length;
        T* outputs = Units(last, 0), wanted = Targets(at);
        var width = training.Shape.Widths[last];
        switch (training.Objective)
        {
            case Objective.SquaredError squares:
                OutputError<TLanes, T>.OfSquares(outputs, wanted, error, unit, width, count, T.CreateChecked(squares.Slope(examples)));
                break;
            default:
                OutputError<TLanes, T>.OfClasses(outputs, wanted, error, unit, width, count, T.CreateChecked(examples));
                break;
        }

        if (memory.Layers[last - 1].HasActivation)
        {
            OutputError<TLanes, T>.Slope(outputs, error, unit, width, count, leak);
        }
    }

    private void BackThrough(int layer, T* error, T* next, int examples)
    {
        var shape = memory.Layers[layer];
        var weights = Of(numbers, shape.Weights);
        var row = (nint)shape.Stride * TLanes.Count;
        if (memory.Layers[layer - 1].HasActivation)
        {
            Product<TLanes, T>.Of(
                weights, TLanes.Count, row, error, unit, next, null, shape.Inputs, shape.Outputs, examples,
                new Sloped<TLanes, T>(leak, (nint)(Units(layer, 0) - next)));
        }
        else
        {
            Product<TLanes, T>.Of(
                weights, TLanes.Count, row, error, unit, next, null, shape.Inputs, shape.Outputs, examples,
                default(AsItIs<TLanes, T>));
        }
    }

    private void Change(long update, double factor)
    {
        T* rate = settings.Pointer, decay = Of(settings, 1), momentum = Of(settings, 2);
        switch (training.Update)
        {
            case Update.Sgd sgd:
                Spread(sgd.Rate, rate, factor);
                Spread(sgd.Decay, decay);
                Spread(sgd.Momentum, momentum);
                UpdateKernel<TLanes, T>.Descend(
                    numbers.Pointer, gradient.Pointer, moments.Length > 0 ? moments[0].Pointer : null, memory.Size, TLanes.Load(rate),
                    TLanes.Load(decay), TLanes.Load(momentum), sgd.Decay is not null);
                break;
            case Update.Adam adam:
                Spread(adam.Rate, rate);
                Spread(adam.Decay, decay);
                var shrink = TLanes.All(T.One) - TLanes.Load(rate) * TLanes.Load(decay) * TLanes.All(T.CreateChecked(factor));
                UpdateKernel<TLanes, T>.Adam(
                    numbers.Pointer, gradient.Pointer, moments[0].Pointer, moments[1].Pointer, memory.Size, AdamStep<T>.Of(adam, update, factor),
                    TLanes.Load(rate), TLanes.Load(decay), shrink, adam.Decay is not null, adam.IsDecoupled);
                break;
        }
    }

    private void Spread(double[]? values, T* target, double factor = 1)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            target[lane] = values is null ? T.Zero : T.CreateChecked(values[first + lane]) * T.CreateChecked(factor);
        }
    }

    // memory

    private static T* Of(LaneArray<T> array, int place) => array.Pointer + (long)place * TLanes.Count;

    private T* Units(int layer, int at) => units[layer].Pointer + (long)at * TLanes.Count * (layer == 0 ? MlpMemory.Padded(training.Shape.Widths[0]) : 1);

    private T* Targets(int at) => targets.Pointer + (long)at * TLanes.Count * training.Shape.Widths[^1];

    private void Gather(int from, int count, int at, long? time = null)
    {
        int inputs = training.Shape.Widths[0], outputs = training.Shape.Widths[^1];
        T* into = Units(0, at), wanted = Targets(at);
        for (var lane = 0; lane < lanes; lane++)
        {
            var chosen = time is { } moment ? orders[first + lane].At(moment) : [];
            for (var example = 0; example < count; example++)
            {
                var position = time is null ? from + example : chosen[from + example];
                Place(data.Inputs(first + lane, position, inputs), into + example * TLanes.Count + lane, inputs);
                Place(data.Targets(first + lane, position, outputs), wanted + example * TLanes.Count + lane, outputs);
            }
        }
    }

    private void Place(T* source, T* target, int width)
    {
        for (var place = 0; place < width; place++)
        {
            target[place * unit] = source[place];
        }
    }

    private void Bring(LaneState<T> state)
    {
        Bring(state.Numbers, numbers);
        for (var place = 0; place < moments.Length; place++)
        {
            Bring(state.Moment(place), moments[place]);
        }

        if (state.Mask != null)
        {
            Bring(state.Mask, mask);
        }
    }

    private void PutBack(LaneState<T> state)
    {
        PutBack(numbers, state.Numbers);
        for (var place = 0; place < moments.Length; place++)
        {
            PutBack(moments[place], state.Moment(place));
        }
    }

    private void Bring(T* rows, LaneArray<T> array)
    {
        var places = memory.Places;
        for (var lane = 0; lane < lanes; lane++)
        {
            var row = rows + (long)(first + lane) * places.Length;
            for (var number = 0; number < places.Length; number++)
            {
                Of(array, places[number])[lane] = row[number];
            }
        }
    }

    private void PutBack(LaneArray<T> array, T* rows)
    {
        var places = memory.Places;
        for (var lane = 0; lane < lanes; lane++)
        {
            var row = rows + (long)(first + lane) * places.Length;
            for (var number = 0; number < places.Length; number++)
            {
                row[number] = Of(array, places[number])[lane];
            }
        }
    }
}
