using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>A coordinator and a worker in nodes of their own, which trust each other no further than a cluster needs.</summary>
public sealed class TwoNodesTests
{
    private readonly MemoryFolders folders = new();

    private MemoryFolder Folder => folders["results/test"];

    [Fact]
    public async Task A_sweep_is_trained_by_another_node_and_a_worker_that_ends_there_is_noticed_at_once()
    {
        var gate = new Gate();
        var plan = FakeExperiments.Plan(depths: 2);
        var patient = TestNode.Brisk with { LeaseTime = TimeSpan.FromHours(1) };
        await using var node = await TestNode.StartAsync(TestNode.Options(folders, patient) with { Credential = TestNode.Credential });
        var runner = new FakeRunner { OnStep = (_, _, cancellation) => gate.Pass(cancellation) };
        await using var other = await TestNode.StartAsync(
            TestNode.Options(folders, patient, runner, runner) with
            {
                Folders = null, Join = node.Address, Credential = TestNode.Credential,
            });
        var sweep = await other.SubmitAsync(plan);
        await sweep.UntilAsync(status => status.Running.Length == 2);

        // Nobody makes it anew, and its lease would be kept for an hour: only that its death is seen ends that.
        other.System.Stop(
            await other.System.ActorSelection("/user/worker-0").ResolveOne(TestNode.Patience, TestContext.Current.CancellationToken));
        Assert.True(SpinWait.SpinUntil(() => Folder.Journal.OfType<JournalEntry.AttemptEnded>().Any(), TestNode.Patience));
        gate.Open();
        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
        Assert.Equal(FailureKind.Lost, Folder.Journal.OfType<JournalEntry.AttemptEnded>().Single().Kind);
        Folder.AssertHolds(plan);
    }
}
