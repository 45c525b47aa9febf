using CsCheck;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Training.Engines;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Tests.Engines;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Running;

/// <summary>What a GPU must give, where there is one. docs/gpu.md says on which it was tried.</summary>
public sealed class GpuTests
{
    private const string Device = "cuda:0";

    [Fact]
    public void A_GPU_measures_what_the_processor_measures() => AssertOfAll(sweep => MeasuresAlike(sweep));

    [Fact]
    public void A_GPU_measures_the_same_bits_again_and_after_a_pause() => AssertOfAll(sweep => MeasuresAgain(sweep));

    [Fact]
    public void A_GPU_is_named_in_the_numerics_class()
    {
        NeedsOne();
        var gpu = TorchRuntime.Describe().GpuOf(Device);
        Assert.InRange(gpu.MemoryBytes, 1L << 30, 1L << 40);
        Assert.EndsWith($", cuda {gpu.Name}", TorchRuntime.Numerics(Device), StringComparison.Ordinal);
    }

    /// <summary>Programs of any kind, on both from the same numbers: those that training changes are equal, bit by bit.</summary>
    [Fact]
    public void Fused_kernels_give_the_bits_of_lanes()
    {
        const int Programs = 30;
        NeedsOne();
        Gen.Select(ParityTests.Cases.Where(given => !given.IsExpected), Gen.Bool, Gen.Bool).Sample(
            (given, isFloat64, isMasked) => TrainsAlike(given, isFloat64 ? ScalarType.Float64 : ScalarType.Float32, isMasked),
            iter: Programs, threads: 1);
    }

    /// <summary>
    /// A sweep by fused kernels: measured at every step as torch measures what it trains there, and the same again after a pause.
    /// </summary>
    [Fact]
    public void Fused_kernels_train_sweeps() => AssertOfAll(
        sweep =>
        {
            MeasuresAlike(sweep, EngineKind.Fused);
            MeasuresAgain(sweep, EngineKind.Fused);
        },
        PausingSweeps.HasKernels);

    private static bool TrainsAlike(ProgramCase given, ScalarType type, bool isMasked)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Program here = given.Build(type), there = OnDevice(here);
        var (expected, state) = (Start(here), Start(there));
        using (var lanes = LanesEngine.For(here)!)
        using (var fused = FusedEngine.On(there, there.Initial.Flat.device))
        {
            foreach (var steps in (long[])[1, 20])
            {
                lanes.Advance(expected, steps);
                fused.Advance(state, steps);
            }
        }

        return Numbers(expected).Zip(Numbers(state)).All(pair => pair.First.Zip(pair.Second).All(
            numbers => BitConverter.DoubleToInt64Bits(numbers.First) == BitConverter.DoubleToInt64Bits(numbers.Second)
                || (double.IsNaN(numbers.First) && double.IsNaN(numbers.Second))));

        TrainingState Start(Program program)
        {
            var start = TrainingState.Start(program);
            if (isMasked)
            {
                // On the processor for both: which of two equal numbers is held must not depend on who sorts them.
                var held = TrainingState.Start(here);
                new MagnitudeMask([.. Enumerable.Repeat(0.6, (int)program.Lanes.Count)]).Apply(held);
                start.Hold(held.Mask!.to(program.Initial.Flat.device));
            }

            return start;
        }

        static IEnumerable<double[]> Numbers(TrainingState state) =>
            state.Optimizer.Moments.Prepend(state.Parameters.Flat).Select(numbers => numbers.cpu().Numbers());
    }

    private static Program OnDevice(Program program) => program with
    {
        Initial = new ParameterSet(program.Model.Layout, program.Initial.Flat.to(new Device(Device))),
        Splits = [.. program.Splits.Select(split => split with { Inputs = Moved(split.Inputs), Targets = Moved(split.Targets) })],
    };

    /// <summary>What lanes share, they share there, too.</summary>
    private static Tensor Moved(Tensor values) => values.stride(0) == 0
        ? values.narrow(0, 0, 1).to(new Device(Device)).expand(values.shape)
        : values.to(new Device(Device));

    private static void NeedsOne() => Assert.SkipUnless(TorchRuntime.Describe().Devices.Contains(Device), "there is no GPU here");

    private static void AssertOfAll(Action<string> sweep, Func<string, bool>? which = null)
    {
        NeedsOne();
        Assert.All(PausingSweeps.All.Where(which ?? (_ => true)), sweep);
    }

    /// <summary>Both round to 24 bits, in another order; fourteen steps do not make much of that.</summary>
    private static void MeasuresAlike(string sweep, EngineKind engine = EngineKind.Torch)
    {
        var (processor, gpu) = (new Measured(), new Measured());
        var expected = PausingRun.Of(PausingSweeps.Work(sweep), processor, null, Timeout.Infinite);
        var outcome = PausingRun.Of(PausingSweeps.Work(sweep, engine), gpu, null, Timeout.Infinite, Device);

        Assert.Equal(expected.Diverged, outcome.Diverged);
        Assert.Equal(processor.Blocks.Select(Name), gpu.Blocks.Select(Name));
        Assert.All(processor.Blocks.Zip(gpu.Blocks), pair => Assert.True(
            Distance(pair.First.Values.Span, pair.Second.Values.Span) < 1e-3,
            $"{Name(pair.First)}: {string.Join(' ', pair.First.Values.ToArray().Take(8))} and "
            + $"{string.Join(' ', pair.Second.Values.ToArray().Take(8))}"));
    }

    private static void MeasuresAgain(string sweep, EngineKind engine = EngineKind.Torch)
    {
        var (first, second) = (new Measured(), new Measured());
        PausingRun.Of(PausingSweeps.Work(sweep, engine), first, null, Timeout.Infinite, Device);
        var paused = PausingRun.Of(PausingSweeps.Work(sweep, engine), second, null, 3, Device).Checkpoint;
        Assert.Equal(3, paused!.Step);
        Assert.Null(PausingRun.Of(PausingSweeps.Work(sweep, engine), second, paused, Timeout.Infinite, Device).Checkpoint);
        Assert.Equal(first.Lines(), second.Lines());
    }

    private static string Name(MeasurementBlock block) => $"{block.Step} {block.Series} [{string.Join(' ', block.Trials.ToArray())}]";

    /// <summary>
    /// The largest difference, by the largest number; where both are not finite, or both are next to nothing, there is none.
    /// </summary>
    private static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (scale, distance) = (1e-6, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            if (double.IsFinite(first[i]) || double.IsFinite(second[i]))
            {
                scale = Math.Max(scale, Math.Abs(first[i]));
                distance = Math.Max(distance, Math.Abs(first[i] - second[i]));
            }
        }

        return distance / scale;
    }
}
