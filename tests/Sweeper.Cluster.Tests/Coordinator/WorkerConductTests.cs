using Sweeper.Cluster.Coordinator;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Coordinator;

public sealed class WorkerConductTests
{
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(100);
    private readonly WorkerConduct conduct = new();

    [Fact]
    public void A_worker_whose_packs_fail_is_set_aside_while_another_one_trains()
    {
        Fail("sick", times: 1);
        Assert.False(IsSetAside("sick", "well"));
        Fail("sick", times: 1);
        Assert.True(IsSetAside("sick", "well"));
        Assert.False(IsSetAside("well", "sick"));
    }

    [Fact]
    public void Nobody_is_set_aside_where_nobody_is_known_to_do_better()
    {
        Fail("sick", times: 5);
        Assert.False(IsSetAside("sick"));
        Assert.False(IsSetAside("sick", "sick"));
        Fail("other", times: 1);
        Assert.False(IsSetAside("sick", "other"));
    }

    [Fact]
    public void Whoever_committed_lately_does_well_between_two_packs_too()
    {
        Fail("sick", times: 2);
        conduct.Committed("well", Lately - TimeSpan.FromSeconds(1));
        Assert.False(IsSetAside("sick"));
        conduct.Committed("well", Lately);
        Assert.True(IsSetAside("sick"));
    }

    [Fact]
    public void A_worker_that_commits_or_is_started_again_begins_with_a_clean_sheet()
    {
        Fail("mended", times: 2);
        Assert.False(conduct.IsSetAside("mended", "second life", [LeaseOf("well")], Lately));
        conduct.Committed("mended", Lately);
        Fail("mended", times: 1);
        Assert.False(IsSetAside("mended", "well"));
    }

    [Theory]
    [InlineData(FailureKind.Lost)]
    [InlineData(FailureKind.Drained)]
    [InlineData(FailureKind.OutOfMemory)]
    [InlineData(FailureKind.Storage)]
    public void What_says_nothing_about_a_worker_is_not_held_against_it(FailureKind kind)
    {
        for (var time = 0; time < 5; time++)
        {
            conduct.Ended(LeaseOf("unlucky"), kind);
        }

        Assert.False(IsSetAside("unlucky", "well"));
    }

    private void Fail(string worker, int times)
    {
        for (var time = 0; time < times; time++)
        {
            conduct.Ended(LeaseOf(worker), FailureKind.Error);
        }
    }

    private bool IsSetAside(string worker, params string[] training) =>
        conduct.IsSetAside(worker, "life", training.Select(LeaseOf), Lately);

    private static Lease LeaseOf(string worker) => new(1, 0, worker, "life", 1, TimeSpan.Zero);
}
