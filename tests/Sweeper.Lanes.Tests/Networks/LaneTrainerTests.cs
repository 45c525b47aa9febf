using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Tests.Vectors;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Networks;

/// <summary>A lane's bits depend on nothing but the lane.</summary>
public sealed class LaneTrainerTests
{
    private const int Cases = 60;

    [Fact]
    public void Registers_of_all_widths_give_the_bits_of_plain_loops_in_float32() => TrainingCase<float>.Any.Sample(
        given =>
        {
            var plain = PlainTraining<float>.Of(given);
            return AreSame(plain, given.Train<OneLane<float>>()) && AreSame(plain, given.Train<Lanes128<float>>())
                && AreSame(plain, given.Train<Lanes256<float>>()) && AreSame(plain, given.Train<Lanes512<float>>());
        },
        iter: Cases);

    [Fact]
    public void So_do_registers_that_hold_units_of_one_lane_in_float32() => TrainingCase<float>.Any.Sample(
        given =>
        {
            var plain = PlainTraining<float>.Of(given);
            return AreSame(plain, given.Train<OneLane<float>>(isByUnit: true))
                && AreSame(plain, given.Train<Lanes128<float>>(isByUnit: true))
                && AreSame(plain, given.Train<Lanes256<float>>(isByUnit: true))
                && AreSame(plain, given.Train<Lanes512<float>>(isByUnit: true));
        },
        iter: Cases);

    [Fact]
    public void Registers_of_all_widths_give_the_bits_of_plain_loops_in_float64() => TrainingCase<double>.Any.Sample(
        given =>
        {
            var plain = PlainTraining<double>.Of(given);
            return AreSame(plain, given.Train<OneLane<double>>()) && AreSame(plain, given.Train<Lanes128<double>>())
                && AreSame(plain, given.Train<Lanes256<double>>()) && AreSame(plain, given.Train<Lanes512<double>>());
        },
        iter: Cases);

    [Fact]
    public void So_do_registers_that_hold_units_of_one_lane_in_float64() => TrainingCase<double>.Any.Sample(
        given =>
        {
            var plain = PlainTraining<double>.Of(given);
            return AreSame(plain, given.Train<OneLane<double>>(isByUnit: true))
                && AreSame(plain, given.Train<Lanes128<double>>(isByUnit: true))
                && AreSame(plain, given.Train<Lanes256<double>>(isByUnit: true))
                && AreSame(plain, given.Train<Lanes512<double>>(isByUnit: true));
        },
        iter: Cases);

    /// <summary>Some lanes in another order, and so with other neighbours at other places.</summary>
    [Fact]
    public void A_lane_has_the_same_bits_whoever_is_trained_beside_it() => Gen.Select(TrainingCase<float>.Any, Gen.Int[0, 1 << 30]).Sample(
        (given, seed) =>
        {
            var random = new Random(seed);
            int[] lanes = [.. Enumerable.Range(0, given.Lanes)];
            random.Shuffle(lanes);
            lanes = lanes[..random.Next(1, given.Lanes + 1)];
            var all = given.Train<Lanes256<float>>();
            var some = given.Train<Lanes256<float>>(lanes);
            var start = given.Start();
            return Enumerable.Range(0, given.Lanes).All(
                lane => AreSame(Lane(some, lane), Lane(lanes.Contains(lane) ? all : start.RemoveAt(start.Length - 1), lane)));

            ImmutableArray<float[]> Lane(ImmutableArray<float[]> state, int lane) =>
                [.. state.Select(numbers => numbers.AsSpan(lane * given.Size, given.Size).ToArray())];
        },
        iter: Cases);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void So_it_has_in_packs_of_any_size(int lanes)
    {
        double[] rates = [.. Enumerable.Range(1, 64).Select(lane => 0.01 * lane)];
        var given = new TrainingCase<float>(
            new LaneTraining(
                new MlpShape([5, 7, 3], 0.1, HasBias: true, HasOutputActivation: false), new Objective.CrossEntropy(),
                new Update.Sgd(rates, null, null)),
            Lanes: 64, Examples: 20, Batch: 8, HasMask: false, IsShared: true, Steps: 5, Seed: 3);
        var all = given.Train<Lanes512<float>>();
        var some = given.Train<Lanes512<float>>([.. Enumerable.Range(64 - lanes, lanes)]);
        Assert.True(AreSame([all[0][((64 - lanes) * given.Size)..]], [some[0][((64 - lanes) * given.Size)..]]));
    }

    [Fact]
    public void Threads_chunks_and_pauses_change_no_bit() => Gen.Select(TrainingCase<float>.Any, Gen.Int[1, 4], Gen.Int[0, 4]).Sample(
        (given, tiles, cut) => AreSame(
            given.Train<Lanes128<float>>(), given.Train<Lanes128<float>>(threads: 2, chunk: 16 * tiles, cut: cut)),
        iter: Cases);

    private static bool AreSame<T>(ImmutableArray<T[]> one, ImmutableArray<T[]> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        one.Zip(other).All(pair => pair.First.Zip(pair.Second).All(numbers => Registers.AreSame(numbers.First, numbers.Second)));
}
