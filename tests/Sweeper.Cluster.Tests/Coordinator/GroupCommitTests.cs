using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>What waits for the disk, and what does not.</summary>
public sealed class GroupCommitTests
{
    private readonly List<Effect> done = [];
    private readonly Effect granted = new Act();
    private readonly Effect leased = new Act();
    private readonly GroupCommit commit;

    public GroupCommitTests() => commit = new GroupCommit(done.Add);

    [Fact]
    public void A_lease_is_told_ahead_of_its_line_and_a_grant_only_when_it_is_on_disk()
    {
        Record(1);
        commit.Add(new SweepEffect.Ahead(leased));
        Assert.Equal([leased], done);
        Assert.False(commit.IsAwaited);

        Record(1);
        commit.Add(new SweepEffect.WhenSaved(granted));
        Assert.True(commit.IsAwaited);
        commit.Begin();
        Assert.Equal([leased], done);

        commit.End();
        Assert.Equal([leased, granted], done);
    }

    [Fact]
    public void Where_more_lines_are_on_their_way_than_numbers_are_left_out_a_lease_waits_for_them()
    {
        Record(SweepHistory.MostAhead);
        commit.Begin();
        commit.Add(new SweepEffect.Ahead(granted));
        Assert.Equal([granted], done);

        Record(1);
        commit.Add(new SweepEffect.Ahead(leased));
        Assert.Equal([granted], done);

        commit.End();
        Assert.Equal([granted], done);
        commit.Begin();
        commit.End();
        Assert.Equal([granted, leased], done);
    }

    private void Record(int lines) => commit.Add(new SweepEffect.Journal(
        [.. Enumerable.Range(0, lines).Select(_ => new JournalEntry.NumericsFrozen("fake"))]));

    private sealed record Act : Effect
    {
        public bool Equals(Act? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => 0;
    }
}
