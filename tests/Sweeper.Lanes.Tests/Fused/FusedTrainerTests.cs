using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using CsCheck;
using Sweeper.Lanes.Fused;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Tests.Networks;
using Sweeper.Lanes.Tests.Vectors;
using Sweeper.Lanes.Vectors;
using Sweeper.Support;
using Xunit;

namespace Sweeper.Lanes.Tests.Fused;

/// <summary>The kernels for GPUs, compiled for the processor, make the numbers of the lanes engine, bit by bit.</summary>
public sealed class FusedTrainerTests
{
    // A kernel takes a second to compile: more of them are tried by .ci/run.
    private static readonly int Cases =
        int.Parse(Environment.GetEnvironmentVariable("SWEEPER_KERNEL_CASES") ?? "4", CultureInfo.InvariantCulture);

    [Fact]
    public void Kernels_give_the_bits_of_lanes_in_float32() => Check<float>();

    [Fact]
    public void Kernels_give_the_bits_of_lanes_in_float64() => Check<double>();

    /// <summary>In little memory, examples go through the layers in many chunks, and gradients of tiles are summed by one thread.</summary>
    [Theory]
    [InlineData(EmulatedDevice.UsualSharedBytes, 112, 7, false)]
    [InlineData(32 << 10, 32, 2, false)]
    [InlineData(10 << 10, 16, 1, false)]
    [InlineData(8000, 16, 1, true)]
    public void They_do_so_however_little_memory_a_block_has(int sharedBytes, int chunk, int slots, bool isOutside)
    {
        Assert.SkipUnless(HostCompiler.IsThere, HostCompiler.Missing);
        double[] rates = [0.01, 0.02];
        var given = new TrainingCase<float>(
            new LaneTraining(
                new MlpShape([12, 12, 12, 5], 0.1, HasBias: true, HasOutputActivation: true), new Objective.SquaredError(n => 2.0 / n),
                new Update.Sgd(rates, null, [0.5, 0.9])),
            Lanes: 2, Examples: 100, Batch: null, HasMask: true, IsShared: false, Steps: 5, Seed: 4);
        var plan = FusedPlan.Of(given.Training, given.Examples, sizeof(float), sharedBytes)!;
        Assert.Equal((chunk, slots, isOutside), (plan.Chunk, plan.Slots, plan.IsOutside));
        Assert.True(IsAsByLanes(given, sharedBytes, 2));
    }

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.SkipUnless(HostCompiler.IsThere, HostCompiler.Missing);
        var cases = TrainingCase<T>.Any.Where(given => given.Training.Objective is not Objective.ExpectedLogistic);
        Gen.Select(cases, Gen.Int[4, 227], Gen.Int[0, 4]).Sample(
            (given, kilobytes, cut) =>
            {
                var needed = FusedPlan.Least(given.Training, Unsafe.SizeOf<T>());
                return IsAsByLanes(given, (int)Math.Max(needed, (long)kilobytes << 10), cut);
            },
            iter: Cases);
    }

    private static bool IsAsByLanes<T>(TrainingCase<T> given, int sharedBytes, int cut)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var byKernels = given.Train((data, state) =>
        {
            using var trainer = new FusedTrainer<T>(
                given.Training, data, [.. Enumerable.Range(0, given.Lanes)], new EmulatedDevice(sharedBytes, (uint)given.Seed));
            foreach (var steps in given.Parts(cut))
            {
                trainer.Advance(state, steps);
            }
        });
        return given.Train<OneLane<T>>().Zip(byKernels).All(
            pair => pair.First.Zip(pair.Second).All(numbers => Registers.AreSame(numbers.First, numbers.Second)));
    }
}
