using System.Numerics;
using CsCheck;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Vectors;

/// <summary>Registers of all widths give the same bits as one lane does.</summary>
public sealed class LanesTests
{
    private const float Shift32 = 3 << 22;
    private const double Shift64 = 3L << 51;
    private const int Numbers = 4 * Registers.Most;

    public static TheoryData<LaneOperation> Operations => [.. Enum.GetValues<LaneOperation>()];

    [Theory, MemberData(nameof(Operations))]
    public void All_registers_give_equal_bits_in_float32(LaneOperation operation) =>
        Sample(Gen.OneOf(Gen.Float, Gen.Float.Special, Gen.Float[-2, 2], Gen.Int[-3, 3].Select(value => (float)value)), operation);

    [Theory, MemberData(nameof(Operations))]
    public void All_registers_give_equal_bits_in_float64(LaneOperation operation) =>
        Sample(Gen.OneOf(Gen.Double, Gen.Double.Special, Gen.Double[-2, 2], Gen.Int[-3, 3].Select(value => (double)value)), operation);

    /// <summary>By the arithmetic of the language, which is IEEE's.</summary>
    [Theory]
    [InlineData(LaneOperation.FusedMultiplyAdd, 3.0, 5.0, 7.0, 22.0)]
    [InlineData(LaneOperation.FusedMultiplyAdd, 1 + 1.0 / (1 << 30), 1 + 1.0 / (1 << 30), -1 - 2.0 / (1 << 30), 1.0 / (1L << 60))]
    [InlineData(LaneOperation.FusedMultiplyAdd, double.PositiveInfinity, 0.0, 1.0, double.NaN)]
    [InlineData(LaneOperation.Sqrt, 2.0, 0.0, 0.0, 1.4142135623730951)]
    [InlineData(LaneOperation.Sqrt, -1.0, 0.0, 0.0, double.NaN)]
    [InlineData(LaneOperation.Abs, -0.0, 0.0, 0.0, 0.0)]
    [InlineData(LaneOperation.Max, -2.0, -3.0, 0.0, -2.0)]
    [InlineData(LaneOperation.TimesSign, 2.0, -0.0, 0.0, -2.0)]
    [InlineData(LaneOperation.TimesSign, -2.0, -3.0, 0.0, 2.0)]
    [InlineData(LaneOperation.TimesSign, -2.0, 3.0, 0.0, -2.0)]
    [InlineData(LaneOperation.Select, 1.0, 0.0, 9.0, 1.0)]
    [InlineData(LaneOperation.Select, 0.0, 1.0, 9.0, 9.0)]
    [InlineData(LaneOperation.Select, double.NaN, 1.0, 9.0, 9.0)]
    [InlineData(LaneOperation.Negate, 0.0, 0.0, 0.0, -0.0)]
    [InlineData(LaneOperation.Divide, 1.0, -0.0, 0.0, double.NegativeInfinity)]
    public void They_compute(LaneOperation operation, double a, double b, double c, double wanted)
    {
        foreach (var (register, results) in Registers.Of(new Chosen<double>(operation), Many(a), Many(b), Many(c)))
        {
            Assert.All(results, result => Assert.True(Registers.AreSame(wanted, result), $"{register}: {result}"));
        }
    }

    [Fact]
    public void A_power_of_two_comes_from_the_last_bits_of_a_shifted_number()
    {
        float[] single = [.. Enumerable.Range(-126, 254).Concat([0, 0]).Select(power => power + Shift32)];
        double[] whole = [.. Enumerable.Range(-1022, 2046).Concat([0, 0]).Select(power => power + Shift64)];
        foreach (var (register, results) in Registers.Of(default(Power<float>), single, single, single))
        {
            Assert.True(single.Zip(results).All(pair => pair.Second == MathF.ScaleB(1, (int)(pair.First - Shift32))), register);
        }

        foreach (var (register, results) in Registers.Of(default(Power<double>), whole, whole, whole))
        {
            Assert.True(whole.Zip(results).All(pair => pair.Second == Math.ScaleB(1, (int)(pair.First - Shift64))), register);
        }
    }

    [Fact]
    public void The_estimate_of_an_inverse_square_root_is_off_by_four_per_cent_at_most()
    {
        double[] numbers = [.. Enumerable.Range(-10000, 20000).Select(place => Math.Pow(10, place * 0.03))];
        float[] single = [.. Enumerable.Range(-10000, 20000).Select(place => MathF.Pow(10, place * 0.0037f))];
        var wide = Registers.Of(new Chosen<double>(LaneOperation.InverseSqrtEstimate), numbers, numbers, numbers).First().Results;
        var narrow = Registers.Of(new Chosen<float>(LaneOperation.InverseSqrtEstimate), single, single, single).First().Results;
        Assert.All(numbers.Zip(wide), pair => Assert.InRange(pair.Second * Math.Sqrt(pair.First), 0.96, 1.04));
        Assert.All(single.Zip(narrow), pair => Assert.InRange(pair.Second * MathF.Sqrt(pair.First), 0.96f, 1.04f));
    }

    [Fact]
    public void A_mask_that_is_set_in_one_lane_is_set_in_some()
    {
        var none = new float[Registers.Most];
        for (var lane = 0; lane < Registers.Most; lane++)
        {
            var one = (float[])none.Clone();
            one[lane] = 1;
            foreach (var (_, results) in Registers.Of(default(Some<float>), one, none, none))
            {
                Assert.Equal(1, results[lane]);
            }
        }

        Assert.All(
            Registers.Of(default(Some<float>), none, none, none), pair => Assert.All(pair.Results, result => Assert.Equal(0, result)));
    }

    [Fact]
    public void Memory_is_aligned_and_zero()
    {
        using var numbers = new LaneArray<float>(1000);
        unsafe
        {
            Assert.Equal(0, (nint)numbers.Pointer % 64);
            Assert.All(new Span<float>(numbers.Pointer, 1000).ToArray(), number => Assert.Equal(0, number));
        }
    }

    private static double[] Many(double value) => [.. Enumerable.Repeat(value, Registers.Most)];

    private static void Sample<T>(Gen<T> gen, LaneOperation operation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Gen.Select(gen.Array[Numbers], gen.Array[Numbers], gen.Array[Numbers]).Sample(
            (a, b, c) =>
            {
                var all = Registers.Of(new Chosen<T>(operation), a, b, c).ToList();
                return all.All(other => other.Results.Zip(all[0].Results).All(pair => Registers.AreSame(pair.First, pair.Second)));
            },
            iter: 500);
    }

    private readonly struct Chosen<T>(LaneOperation operation) : ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public TLanes Of<TLanes>(TLanes a, TLanes b, TLanes c)
            where TLanes : unmanaged, ILanes<TLanes, T> => operation switch
            {
                LaneOperation.Copy => a,
                LaneOperation.All => TLanes.All(T.CreateChecked(0.1)),
                LaneOperation.FusedMultiplyAdd => TLanes.FusedMultiplyAdd(a, b, c),
                LaneOperation.Sqrt => TLanes.Sqrt(a),
                LaneOperation.Abs => TLanes.Abs(a),
                // Of numbers only: with NaN, processors differ.
                LaneOperation.Max => TLanes.Max(Known(a), Known(b)) + default(TLanes),
                LaneOperation.TimesSign => TLanes.TimesSign(a, b),
                LaneOperation.InverseSqrtEstimate => TLanes.InverseSqrtEstimate(a),
                LaneOperation.Greater => Shown(TLanes.Greater(a, b)),
                LaneOperation.Select => TLanes.Select(TLanes.Greater(a, b), a, c),
                LaneOperation.Both => Shown(TLanes.Both(TLanes.Greater(a, b), TLanes.Greater(b, c))),
                LaneOperation.Add => a + b,
                LaneOperation.Subtract => a - b,
                LaneOperation.Multiply => a * b,
                LaneOperation.Divide => a / b,
                LaneOperation.Negate => -a,
                _ => throw new InvalidOperationException(),
            };

        private static TLanes Known<TLanes>(TLanes value)
            where TLanes : unmanaged, ILanes<TLanes, T> =>
                TLanes.Select(TLanes.Greater(value, default), value, TLanes.Select(TLanes.Greater(default, value), value, default));

        /// <summary>A mask as 1 and 0: all of its bits are a NaN.</summary>
        private static TLanes Shown<TLanes>(TLanes mask)
            where TLanes : unmanaged, ILanes<TLanes, T> => TLanes.Select(mask, TLanes.All(T.One), default);
    }

    private readonly struct Power<T> : ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public TLanes Of<TLanes>(TLanes a, TLanes b, TLanes c)
            where TLanes : unmanaged, ILanes<TLanes, T> => TLanes.PowerOfTwo(a);
    }

    private readonly struct Some<T> : ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public TLanes Of<TLanes>(TLanes a, TLanes b, TLanes c)
            where TLanes : unmanaged, ILanes<TLanes, T> => TLanes.All(TLanes.Any(TLanes.Greater(a, b)) ? T.One : T.Zero);
    }
}
