using System.Numerics;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Networks.Kernels;

namespace Sweeper.Lanes.Fused;

/// <summary>
/// Trains lanes of a pack on a device, a block of threads each: many steps a launch, and every number with the bits of
/// <see cref="LaneTrainer{T}"/>. Pointers of data and state are the device's.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class FusedTrainer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Between two looks some hundredths of a second pass, as far as that can be known: a rule by work, not by time. Blocks fewer than these
    // take no less time.
    private const double OperationsOfLaunch = 1e11;
    private const int BlocksAtOnce = 128;
    private const long MostStepsOfLaunch = 1000, OrderBytesOfLaunch = 16 << 20;

    private readonly LaneTraining training;
    private readonly LaneData<T> data;
    private readonly int[] lanes;
    private readonly IKernelDevice device;
    private readonly DeviceMemory lanesMemory, rates, decays, momenta, settings, counts, orders, orderOf, gradients;
    private readonly Dictionary<FusedPlan, IKernel> kernels = [];

    /// <param name="training">The networks and how they are trained.</param>
    /// <param name="data">What they learn from, in the device's memory.</param>
    /// <param name="lanes">Which lanes are trained; the others stay as they are.</param>
    /// <param name="device">Where.</param>
    public FusedTrainer(LaneTraining training, LaneData<T> data, int[] lanes, IKernelDevice device)
    {
        (this.training, this.data, this.lanes, this.device) = (training, data, lanes, device);
        (lanesMemory, rates, decays, momenta) = (New(), New(), New(), New());
        (settings, counts, orders, orderOf, gradients) = (New(), New(), New(), New(), New());
        lanesMemory.Write<int>(lanes);
        var (sgd, adam) = (training.Update as Update.Sgd, training.Update as Update.Adam);
        WriteLanes(rates, sgd?.Rate ?? adam?.Rate);
        WriteLanes(decays, sgd?.Decay ?? adam?.Decay);
        WriteLanes(momenta, sgd?.Momentum);

        DeviceMemory New() => new(device);
    }

    /// <summary>Does steps of all lanes, as <see cref="LaneTrainer{T}.Advance"/> does.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">Which.</param>
    /// <param name="look">Called now and then, with how many steps are done, all lanes together; what it throws ends the training.</param>
    public void Advance(LaneState<T> state, LaneSteps steps, Action<long>? look = null)
    {
        if (lanes.Length == 0 || steps.Count == 0)
        {
            return;
        }

        var order = new StepOrders(steps, data.Examples);
        orderOf.Write<int>(order.OfLane);
        var plan = FusedPlan.Of(training, order.Usual, sizeof(T), device.SharedBytes)
            ?? throw new InvalidOperationException("the network does not fit a block; this is asked before");
        var kernel = KernelOf(plan);
        var arguments = Arguments(state, plan, order);
        var most = StepsOfLaunch(plan, order);
        for (var done = 0L; done < steps.Count; done += arguments.Steps)
        {
            look?.Invoke(done);
            arguments.Steps = (int)Math.Min(most, steps.Count - done);
            int[] examples = [.. Enumerable.Range(0, arguments.Steps).Select(step => order.CountAt(done + step))];
            arguments.Counts = counts.Write<int>(examples);
            arguments.Settings = settings.Write<T>(Settings(steps, done, examples));
            arguments.Batch = examples.Max();
            arguments.Orders = order.IsWhole ? 0 : orders.Write<int>(order.At(done, arguments.Steps, arguments.Batch));
            kernel.Launch(lanes.Length, plan.Threads, &arguments);
        }

        device.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var kernel in kernels.Values)
        {
            kernel.Dispose();
        }

        foreach (var memory in (DeviceMemory[])[lanesMemory, rates, decays, momenta, settings, counts, orders, orderOf, gradients])
        {
            memory.Dispose();
        }
    }

    private IKernel KernelOf(FusedPlan plan)
    {
        if (!kernels.TryGetValue(plan, out var kernel))
        {
            kernel = device.Compile(FusedSource.Of<T>(plan), (int)plan.Numbers * sizeof(T));
            kernels.Add(plan, kernel);
        }

        return kernel;
    }

    private FusedArguments Arguments(LaneState<T> state, FusedPlan plan, StepOrders order)
    {
        var moments = training.Update.Moments;
        return new FusedArguments
        {
            Numbers = (nint)state.Numbers,
            First = moments > 0 ? (nint)state.Moment(0) : 0,
            Second = moments > 1 ? (nint)state.Moment(1) : 0,
            Mask = (nint)state.Mask,
            Inputs = (nint)data.Inputs(0, 0, 0),
            Targets = (nint)data.Targets(0, 0, 0),
            InputsOfLane = (long)(data.Inputs(1, 0, 0) - data.Inputs(0, 0, 0)),
            TargetsOfLane = (long)(data.Targets(1, 0, 0) - data.Targets(0, 0, 0)),
            Lanes = lanesMemory.Pointer,
            Rates = rates.Pointer,
            Decays = decays.Pointer,
            Momenta = momenta.Pointer,
            OrderOf = orderOf.Pointer,
            Gradients = plan.IsOutside ? gradients.Reserve((long)lanes.Length * plan.Size * sizeof(T)) : 0,
            OrderCount = order.Distinct,
            IsStill = order.IsWhole && data.Examples <= plan.Chunk ? 1 : 0,
        };
    }

    /// <summary>What all lanes share of each step: FACTOR, SLOPE, CORRECTION and SCALE of fused.cu.</summary>
    private T[] Settings(LaneSteps steps, long done, int[] examples)
    {
        var values = new List<T>(4 * examples.Length);
        foreach (var (step, count) in examples.Index())
        {
            var factor = steps.Factor(steps.Clock + done + step);
            var slope = T.CreateChecked(training.Objective is Objective.SquaredError squares ? squares.Slope(count) : count);
            var adam = training.Update is Update.Adam update ? AdamStep<T>.Of(update, steps.Updates + done + step + 1, factor) : default;
            values.AddRange(T.CreateChecked(factor), slope, adam.Correction, adam.Scale);
        }

        return [.. values];
    }

    private long StepsOfLaunch(FusedPlan plan, StepOrders order)
    {
        var byWork = OperationsOfLaunch / (6.0 * plan.Size * order.Usual * Math.Max(lanes.Length, BlocksAtOnce));
        var byOrders = order.IsWhole ? MostStepsOfLaunch : OrderBytesOfLaunch / ((long)order.Distinct * order.Usual * sizeof(int));
        return (long)Math.Clamp(Math.Min(byWork, byOrders), 1, MostStepsOfLaunch);
    }

    private static void WriteLanes(DeviceMemory memory, double[]? values)
    {
        if (values is not null)
        {
            memory.Write<T>(Array.ConvertAll(values, T.CreateChecked));
        }
    }
}
