using System.Numerics;
using CsCheck;
using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Tests.Vectors;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Functions;

public sealed class ExponentialTests
{
    private const double LargestError = 1.25;

    [Fact]
    public void In_float32_it_is_within_a_unit_and_a_quarter_of_the_last_place()
    {
        foreach (var arguments in Arguments(87, 8_000).Select(argument => (float)argument).Chunk(Registers.Most))
        {
            var results = Of(arguments)[0].Results;
            Assert.All(
                arguments.Zip(results), pair => Assert.InRange(PreciseExponential.Error(pair.First, pair.Second, 23), 0, LargestError));
        }
    }

    [Fact]
    public void In_float64_it_is_within_a_unit_and_a_quarter_of_the_last_place()
    {
        foreach (var arguments in Arguments(708, 8_000).Chunk(Registers.Most))
        {
            var results = Of(arguments)[0].Results;
            Assert.All(
                arguments.Zip(results), pair => Assert.InRange(PreciseExponential.Error(pair.First, pair.Second, 52), 0, LargestError));
        }
    }

    [Fact]
    public void All_registers_give_equal_bits()
    {
        Gen.OneOf(Gen.Float[-100, 0], Gen.Float, Gen.Float.Special).Array[Registers.Most].Sample(AreEqual, iter: 2000);
        Gen.OneOf(Gen.Double[-800, 0], Gen.Double, Gen.Double.Special).Array[Registers.Most].Sample(AreEqual, iter: 2000);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-1e-40, 1.0)]
    [InlineData(-1e4, 0.0)]
    [InlineData(double.NegativeInfinity, 0.0)]
    [InlineData(double.NaN, double.NaN)]
    public void Where_it_is_known(double x, double wanted)
    {
        Assert.All(Of(Many(x)), pair => Assert.All(pair.Results, result => Assert.Equal(wanted, result)));
        Assert.All(Of(Many((float)x)), pair => Assert.All(pair.Results, result => Assert.Equal((float)wanted, result)));
    }

    /// <summary>From 0 down in equal and in shrinking steps; as many as make whole registers.</summary>
    private static IEnumerable<double> Arguments(double lowest, int count) => Enumerable.Range(0, count / 2)
        .Select(place => -lowest * place / (count / 2.0))
        .Concat(Enumerable.Range(0, count / 2).Select(place => -Math.Pow(2, -60.0 * place / count)));

    private static T[] Many<T>(T value) => [.. Enumerable.Repeat(value, Registers.Most)];

    private static (string Register, T[] Results)[] Of<T>(T[] arguments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Registers.Of(default(Function<T>), arguments, arguments, arguments)];

    private static bool AreEqual<T>(T[] arguments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var all = Of(Array.ConvertAll(arguments, argument => -T.Abs(argument)));
        return all.All(other => other.Results.Zip(all[0].Results).All(pair => Registers.AreSame(pair.First, pair.Second)));
    }

    private readonly struct Function<T> : ILaneFunction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public TLanes Of<TLanes>(TLanes a, TLanes b, TLanes c)
            where TLanes : unmanaged, ILanes<TLanes, T> => Exponential<TLanes, T>.Of(a);
    }
}
