using Sweeper.Core.Measurements;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Training.Tests.Running;

/// <summary>What a GPU must give, where there is one. docs/gpu.md says on which it was tried.</summary>
public sealed class GpuTests
{
    private const string Device = "cuda:0";

    [Fact]
    public void A_GPU_measures_what_the_processor_measures() => AssertOfAll(MeasuresAlike);

    [Fact]
    public void A_GPU_measures_the_same_bits_again_and_after_a_pause() => AssertOfAll(MeasuresAgain);

    [Fact]
    public void A_GPU_is_named_in_the_numerics_class()
    {
        NeedsOne();
        var gpu = TorchRuntime.Describe().GpuOf(Device);
        Assert.InRange(gpu.MemoryBytes, 1L << 30, 1L << 40);
        Assert.EndsWith($", cuda {gpu.Name}", TorchRuntime.Numerics(Device), StringComparison.Ordinal);
    }

    private static void NeedsOne() => Assert.SkipUnless(TorchRuntime.Describe().Devices.Contains(Device), "there is no GPU here");

    private static void AssertOfAll(Action<string> sweep)
    {
        NeedsOne();
        Assert.All(PausingSweeps.All, sweep);
    }

    /// <summary>Both round to 24 bits, in another order; fourteen steps do not make much of that.</summary>
    private static void MeasuresAlike(string sweep)
    {
        var (processor, gpu) = (new Measured(), new Measured());
        var expected = PausingRun.Of(PausingSweeps.Work(sweep), processor, null, Timeout.Infinite);
        var outcome = PausingRun.Of(PausingSweeps.Work(sweep), gpu, null, Timeout.Infinite, Device);

        Assert.Equal(expected.Diverged, outcome.Diverged);
        Assert.Equal(processor.Blocks.Select(Name), gpu.Blocks.Select(Name));
        Assert.All(processor.Blocks.Zip(gpu.Blocks), pair => Assert.True(
            Distance(pair.First.Values.Span, pair.Second.Values.Span) < 1e-3,
            $"{Name(pair.First)}: {string.Join(' ', pair.First.Values.ToArray().Take(8))} and {string.Join(' ', pair.Second.Values.ToArray().Take(8))}"));
    }

    private static void MeasuresAgain(string sweep)
    {
        var (first, second) = (new Measured(), new Measured());
        PausingRun.Of(PausingSweeps.Work(sweep), first, null, Timeout.Infinite, Device);
        var paused = PausingRun.Of(PausingSweeps.Work(sweep), second, null, 3, Device).Checkpoint;
        Assert.Equal(3, paused!.Step);
        Assert.Null(PausingRun.Of(PausingSweeps.Work(sweep), second, paused, Timeout.Infinite, Device).Checkpoint);
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
