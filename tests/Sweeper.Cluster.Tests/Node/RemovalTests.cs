using Akka.Actor;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>Actors are taken out of a running node: without them nothing is committed, with their successors everything is.</summary>
public sealed class RemovalTests
{
    private const string Coordinator = "/user/coordinator/coordinator";
    private const string Aggregator = Coordinator + "/sweep-*/aggregator-*";

    private readonly MemoryFolders folders = new();

    private MemoryFolder Folder => folders["results/test"];

    [Fact]
    public async Task Without_the_aggregator_a_run_stalls_and_with_a_new_one_it_finishes() => await StallsWithoutAsync(Aggregator);

    [Fact]
    public async Task Without_the_coordinator_a_run_stalls_and_with_a_new_one_it_finishes() => await StallsWithoutAsync(Coordinator);

    [Fact]
    public async Task A_pack_goes_on_while_the_coordinator_is_made_anew_and_is_not_trained_twice()
    {
        var gate = new Gate();
        var plan = FakeExperiments.Plan(depths: 2);
        await using var node = await TestNode.StartAsync(folders, HeldAtTheEnd(gate));
        var sweep = await node.SubmitAsync(plan);
        await gate.Reached();
        await RemoveAsync(node, Coordinator);
        gate.Open();

        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
        Assert.Equal(2, Folder.Journal.OfType<JournalEntry.Leased>().Count());
        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task A_worker_that_is_gone_loses_its_pack_to_another()
    {
        var gate = new Gate();
        var plan = FakeExperiments.Plan(depths: 3);
        await using var node = await TestNode.StartAsync(folders, HeldAtTheEnd(gate), HeldAtTheEnd(gate));
        var sweep = await node.SubmitAsync(plan);
        await sweep.UntilAsync(status => status.Running.Length == 2);
        await RemoveAsync(node, "/user/worker-0/worker");
        gate.Open();

        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
        Assert.Equal(FailureKind.Lost, Folder.Journal.OfType<JournalEntry.AttemptEnded>().Single().Kind);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task An_aggregator_that_throws_is_made_anew_and_gets_every_chunk_again()
    {
        var left = 1;
        var plan = FakeExperiments.Plan(depths: 2);
        await using var node = await TestNode.StartAsync(folders, new FakeRunner { Width = 5_000 });
        Folder.OnAppend = (_, block) =>
        {
            if (block.Step == 3 && Interlocked.Decrement(ref left) == 0)
            {
                node.System.ActorSelection(Aggregator).Tell(Kill.Instance);
            }
        };

        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(plan)).EndAsync()).State);
        Assert.Equal(2, Folder.Journal.OfType<JournalEntry.Leased>().Count());
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task A_lease_that_a_killed_process_left_behind_is_given_back_as_soon_as_its_worker_asks_again()
    {
        var plan = FakeExperiments.Plan(depths: 2);
        using (var killed = Folder.Open())
        {
            killed.Journal.Append(
                new JournalEntry.Planned(plan.Hash, plan.ResolvedText, plan.TrialCount, plan.Packs, default),
                new JournalEntry.NumericsFrozen("fake 1"),
                new JournalEntry.Leased(plan.Packs[0].Id, 1, "fake-0", 1, default));
        }

        await using var node = await TestNode.StartAsync(
            folders, TestNode.Brisk with { LeaseTime = TimeSpan.FromHours(1) }, new FakeRunner());
        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(plan)).EndAsync()).State);
        Assert.Equal(
            (1, FailureKind.Lost), Folder.Journal.OfType<JournalEntry.AttemptEnded>().Select(ended => (ended.Lease, ended.Kind)).Single());
        Folder.AssertHolds(plan);
    }

    /// <summary>
    /// Takes an actor out while the last step of the first pack is held, and keeps its successor from coming; then training
    /// goes on to its end, and nothing is committed until the successor may come.
    /// </summary>
    private async Task StallsWithoutAsync(string path)
    {
        var gate = new Gate();
        var trained = new TaskCompletionSource();
        var plan = FakeExperiments.Plan(depths: 1);
        var timings = TestNode.Brisk with { RestartAfter = TimeSpan.FromSeconds(3) };
        await using var node = await TestNode.StartAsync(folders, timings, new FakeRunner
        {
            OnStep = (work, step, cancellation) =>
            {
                if (step == 4)
                {
                    gate.Pass(cancellation);
                    trained.TrySetResult();
                }
            },
        });
        var sweep = await node.SubmitAsync(plan);
        await gate.Reached();
        await RemoveAsync(node, path);
        var journal = Folder.Journal.Count;
        gate.Open();
        await trained.Task.WaitAsync(TestNode.Patience, TestContext.Current.CancellationToken);

        // Training is over; until a successor is there, nobody stages, grants or commits.
        while (!await IsThereAsync(node, path))
        {
            Assert.Equal((journal, 0), (Folder.Journal.Count, Folder.Published.Count));
        }

        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
        Folder.AssertHolds(plan);
    }

    private static FakeRunner HeldAtTheEnd(Gate gate) => new()
    {
        OnStep = (_, step, cancellation) =>
        {
            if (step == 4)
            {
                gate.Pass(cancellation);
            }
        },
    };

    private static async Task RemoveAsync(SweeperNode node, string path)
    {
        var actor = await node.System.ActorSelection(path).ResolveOne(TestNode.Patience, TestContext.Current.CancellationToken);
        Assert.True(await actor.GracefulStop(TestNode.Patience));
    }

    private static async Task<bool> IsThereAsync(SweeperNode node, string path)
    {
        try
        {
            await node.System.ActorSelection(path).ResolveOne(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            return true;
        }
        catch (ActorNotFoundException)
        {
            return false;
        }
    }
}
