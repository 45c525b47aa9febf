using Sweeper.Training.Libtorch;
using TorchSharp;
using Xunit;

namespace Sweeper.Training.Tests.Libtorch;

public sealed class FreedScalarsTests
{
    [Fact]
    public void A_scalar_is_freed_after_a_second_at_the_earliest_and_once()
    {
        var clock = new ManualClock();
        var freed = new List<nint>();
        var scalars = new FreedScalars(freed.Add, clock);
        scalars.Add(1);
        clock.Advance(TimeSpan.FromSeconds(0.9));
        scalars.Add(2);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        scalars.Add(3);
        Assert.Empty(freed);

        // A process that was stopped: of what it held, the last may still be read when it goes on.
        clock.Advance(TimeSpan.FromHours(1));
        scalars.Add(4);
        Assert.Equal([1, 2], freed);
        clock.Advance(TimeSpan.FromSeconds(0.9));
        scalars.Add(5);
        Assert.Equal([1, 2], freed);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        scalars.Add(6);
        Assert.Equal([1, 2, 3], freed);
    }

    /// <summary>Without it malloc gives the place of the one that was freed last to the next, at once.</summary>
    [Fact]
    public void What_TorchSharp_frees_keeps_its_place()
    {
        Assert.SkipUnless(TorchRuntime.Describe().AreScalarsHeld, "code cannot be written to here");
        var places = new HashSet<nint>();
        for (var number = 0; number < 100; number++)
        {
            using Scalar scalar = number;
            Assert.True(places.Add(PlaceOf(scalar)));
        }
    }

    private static nint PlaceOf(Scalar scalar) => (nint)typeof(Scalar)
        .GetProperty("Handle", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(scalar)!;
}
