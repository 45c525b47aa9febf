using Sweeper.Core.Randomness;
using Xunit;

namespace Sweeper.Tests.Randomness;

public sealed class RandomStreamsTests
{
    [Fact]
    public void Ranges_follow_one_another_without_overlap()
    {
        var ranges = RandomStreams.Ranges;
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.First + pair.First.Count <= pair.Second.First));
    }

    [Fact]
    public void The_numbers_of_the_reference_implementation_are_kept()
    {
        AssertSame(new CounterRandom(5, 20), RandomStreams.Init(5, 0));
        AssertSame(new CounterRandom(5, 23), RandomStreams.Init(5, 3));
        AssertSame(new CounterRandom(5, 499), RandomStreams.Init(5, 479));
        AssertSame(new CounterRandom(5, 502), RandomStreams.Perturbation(5, 2));
        AssertSame(new CounterRandom(5, 1007), RandomStreams.Order(5, 7));
        AssertSame(new CounterRandom(5, 10), RandomStreams.Data(5, 0));
    }

    [Fact]
    public void An_index_outside_a_range_is_refused_where_another_stream_would_begin()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomStreams.Init(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomStreams.Perturbation(0, 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomStreams.Teacher(0, -1));
    }

    [Fact]
    public void Tensors_beyond_the_first_range_of_initial_values_have_another_that_nobody_else_reads()
    {
        AssertSame(new CounterRandom(5, 1UL << 42), RandomStreams.Init(5, 480));
        AssertSame(new CounterRandom(5, (1UL << 42) + 31), RandomStreams.Init(5, 511));
    }

    [Fact]
    public void Masks_are_drawn_from_numbers_of_their_own() => AssertSame(new CounterRandom(5, (1UL << 43) + 2), RandomStreams.Mask(5, 2));

    [Fact]
    public void Gates_are_drawn_from_numbers_of_their_own() => AssertSame(new CounterRandom(5, (1UL << 44) + 2), RandomStreams.Gates(5, 2));

    [Fact]
    public void Streams_and_seeds_are_independent_of_each_other()
    {
        var first = new HashSet<ulong>();
        for (var seed = 0L; seed < 20; seed++)
        {
            for (var index = 0; index < 10; index++)
            {
                foreach (var random in new[] { RandomStreams.Data(seed, index), RandomStreams.Init(seed, index),
                    RandomStreams.Teacher(seed, index), RandomStreams.Noise(seed, index) })
                {
                    var copy = random;
                    Assert.True(first.Add(copy.NextBits()));
                }
            }
        }
    }

    private static void AssertSame(CounterRandom expected, CounterRandom actual) => Assert.Equal(expected.NextBits(), actual.NextBits());
}
