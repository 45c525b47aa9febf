using Sweeper.Cluster.Joining;

namespace Sweeper.Cluster.Tests.Joining;

public sealed class AcquaintanceTests
{
    private static readonly Acquaintance New = new(TimeSpan.Zero);
    private static readonly Acquaintance Joined = new(TimeSpan.Zero, 7);

    private static TimeSpan Lease => new ClusterTimings().LeaseTime;

    [Fact]
    public void A_coordinator_that_can_call_back_is_joined_once()
    {
        var (next, finding) = New.Hear(new KnockAnswered(7, ""), Seconds(1));

        Assert.Equal((Finding.Met, 7), (finding, next.Coordinator));
        Assert.Equal(Finding.Nothing, next.Hear(new KnockAnswered(7, ""), Seconds(2)).Finding);
    }

    [Fact]
    public void One_that_cannot_call_back_is_believed_when_it_has_said_so_three_times()
    {
        var findings = Told(New, 3, "no route");

        Assert.Equal([Finding.Nothing, Finding.Nothing, Finding.Refused], findings);
    }

    [Fact]
    public void One_that_cannot_call_back_at_first_is_joined_when_it_can()
    {
        var (once, _) = New.Hear(new KnockAnswered(7, "no answer"), Seconds(4));

        Assert.Equal(Finding.Met, once.Hear(new KnockAnswered(7, ""), Seconds(5)).Finding);
    }

    [Fact]
    public void Who_has_joined_is_not_turned_out_by_a_call_that_failed() =>
        Assert.All(Told(Joined, 5, "no route"), finding => Assert.Equal(Finding.Nothing, finding));

    [Fact]
    public void Another_coordinator_at_the_same_address_is_noticed_by_its_first_answer() =>
        Assert.Equal(Finding.Gone, Joined.Hear(new KnockAnswered(8, ""), Seconds(1)).Finding);

    [Fact]
    public void Silence_before_the_first_answer_is_said_once_and_ends_nothing()
    {
        var (doubting, first) = New.Wait(Seconds(6));

        Assert.Equal(Finding.Silence, first);
        Assert.Equal(Finding.Nothing, doubting.Wait(Seconds(3600)).Finding);
        Assert.Equal(Finding.Met, doubting.Hear(new KnockAnswered(7, ""), Seconds(3601)).Finding);
    }

    /// <summary>
    /// A lease is kept by silence that is shorter than it: to look for another coordinator before would give the pack away.
    /// </summary>
    [Fact]
    public void A_coordinator_that_is_silent_for_longer_than_a_lease_is_given_up_and_not_before()
    {
        Assert.Equal(Finding.Nothing, Joined.Wait(Lease + Seconds(5)).Finding);
        Assert.Equal(Finding.Gone, Joined.Wait(Lease * 2).Finding);
        Assert.Equal(Finding.Nothing, Joined.Hear(new KnockAnswered(7, ""), Lease).Next.Wait(Lease * 2).Finding);
    }

    private static List<Finding> Told(Acquaintance acquaintance, int times, string objection)
    {
        var findings = new List<Finding>();
        for (var i = 0; i < times; i++)
        {
            (acquaintance, var finding) = acquaintance.Hear(new KnockAnswered(7, objection), Seconds(i));
            findings.Add(finding);
        }

        return findings;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
