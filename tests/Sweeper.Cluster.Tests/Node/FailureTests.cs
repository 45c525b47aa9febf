using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>What becomes of a sweep when training, disk or journal fail.</summary>
public sealed class FailureTests
{
    private readonly MemoryFolders folders = new();

    private MemoryFolder Folder => folders["results/test"];

    [Fact]
    public async Task A_pack_that_throws_is_tried_twice_more_then_searched_by_halves_and_all_that_throw_have_failed_with_their_cause()
    {
        await using var node = await TestNode.StartAsync(folders, Throws("no such data", depth: 2));
        var status = await (await node.SubmitAsync(FakeExperiments.Plan(depths: 3))).EndAsync();

        Assert.Equal((SweepState.Completed, ExitCode.FailedTrials), (status.State, status.ExitCode));
        Assert.Equal(new TrialCounts(12, 8, 0, 4, 0, 0), status.Trials);
        // Three of the pack, one of each half, one of each trial.
        Assert.Equal(3 + 2 + 4, Folder.Journal.OfType<JournalEntry.AttemptEnded>().Count());
        Assert.Equal(4, Folder.Journal.OfType<JournalEntry.PackFailed>().Count());
        Assert.All(
            Folder.Journal.OfType<JournalEntry.PackFailed>(),
            failed => Assert.Matches(@"InvalidOperationException: no such data \(.*\.cs:\d+\)$", failed.Reason));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_trial_that_makes_its_pack_fail_is_found_and_fails_alone(int poison)
    {
        var plan = FakeExperiments.Plan(depths: 1);
        var poisonous = plan.TrialAt(poison).Id;
        await using var node = await TestNode.StartAsync(folders, new FakeRunner
        {
            OnStep = (work, _, _) =>
            {
                if (work.Trials.Any(trial => trial.Id == poisonous))
                {
                    throw new InvalidOperationException("a matrix of 3 by 0");
                }
            },
        });
        var status = await (await node.SubmitAsync(plan)).EndAsync();

        Assert.Equal((SweepState.Completed, ExitCode.FailedTrials), (status.State, status.ExitCode));
        Assert.Equal(new TrialCounts(4, 3, 0, 1, 0, 0), status.Trials);
        Assert.Equal([poisonous], Folder.Journal.OfType<JournalEntry.PackFailed>().Single().Trials);
        Assert.Equal(2, Folder.Journal.OfType<JournalEntry.Split>().Count());
        Assert.All(Folder.Journal.OfType<JournalEntry.Split>().SelectMany(split => split.Parts), part => Assert.Equal(4, part.Lanes));
    }

    [Fact]
    public async Task A_run_that_fails_fast_ends_at_the_first_trial_that_is_given_up_and_the_next_one_goes_on()
    {
        var plan = FakeExperiments.Plan(depths: 3);
        await using var node = await TestNode.StartAsync(folders, Throws("no such data", depth: 2));
        var stopped = await (await node.SubmitAsync(plan, rules: new RunRules(FailFast: true, Mixed: false))).EndAsync();

        Assert.Equal((SweepState.Paused, ExitCode.FailedTrials), (stopped.State, stopped.ExitCode));
        Assert.Contains("no such data", stopped.Fault!.Problem);
        Assert.Equal(1, stopped.Trials.Failed);
        Assert.False(Folder.IsOpen);

        // What has failed is no reason to stop again before something else fails.
        var rest = await (await node.SubmitAsync(plan)).EndAsync();
        Assert.Equal(new TrialCounts(12, 8, 0, 4, 0, 0), rest.Trials);
    }

    [Fact]
    public async Task Packs_too_large_for_the_device_complete_in_smaller_ones_and_those_of_the_same_shape_are_not_tried_first()
    {
        var plan = FakeExperiments.Parse("sweep: test\nexperiment: fake\ngrid: { lr: [0.1, 0.2] }\nseeds: 32\nlanes: 16");
        Assert.Equal([16, 16, 16, 16], plan.Packs.Select(pack => pack.Lanes));
        await using var node = await TestNode.StartAsync(folders, new FakeRunner
        {
            OnStep = (work, _, _) =>
            {
                if (work.Pack.Lanes > 4)
                {
                    throw new InsufficientMemoryException("4 GiB asked, 2 free");
                }
            },
        });
        var status = await (await node.SubmitAsync(plan)).EndAsync();

        Assert.Equal((SweepState.Completed, ExitCode.Done), (status.State, status.ExitCode));
        Assert.Equal((16, 16), (status.Packs, status.PacksDone));
        Assert.Single(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task A_folder_with_split_packs_is_resumed_in_the_same_parts()
    {
        var plan = FakeExperiments.Plan(depths: 1);
        await using (var node = await TestNode.StartAsync(
            folders, new FakeRunner { OnStep = (work, _, _) => { if (work.Pack.Lanes > 1) { throw new InsufficientMemoryException("small");
            } } }))
        {
            await (await node.SubmitAsync(plan, new RunScope(null, 2))).EndAsync();
        }

        var before = Folder.Journal.OfType<JournalEntry.Committed>().Select(committed => committed.Pack).ToList();
        await using var again = await TestNode.StartAsync(folders, new FakeRunner());
        Assert.Equal(ExitCode.Done, (await (await again.SubmitAsync(plan)).EndAsync()).ExitCode);
        Assert.All(
            Folder.Journal.OfType<JournalEntry.Committed>(), committed => Assert.True(Core.Packing.PackSplit.IsPart(committed.Pack)));
        Assert.Equal(2, before.Count);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task As_many_failed_trials_as_are_allowed_are_a_success()
    {
        await using var node = await TestNode.StartAsync(folders, Throws("no such data", depth: 2));
        var status = await (await node.SubmitAsync(FakeExperiments.Plan(depths: 3, allowFailed: 4))).EndAsync();

        Assert.Equal(ExitCode.Done, status.ExitCode);
    }

    [Fact]
    public async Task A_fault_that_passes_is_retried_and_leaves_nothing_failed()
    {
        var left = 2;
        var plan = FakeExperiments.Plan(depths: 3);
        await using var node = await TestNode.StartAsync(folders, new FakeRunner
        {
            OnStep = (work, step, _) =>
            {
                if (work.Statics.Integer("depth") == 3 && step == 2 && left-- > 0)
                {
                    throw new InvalidOperationException("a bit flipped");
                }
            },
        });
        var status = await (await node.SubmitAsync(plan)).EndAsync();

        Assert.Equal((SweepState.Completed, ExitCode.Done), (status.State, status.ExitCode));
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task A_device_without_memory_is_told_apart_from_an_error()
    {
        await using var node = await TestNode.StartAsync(
            folders, new FakeRunner { OnStep = (_, _, _) => throw new InsufficientMemoryException("4 GiB asked, 2 free") });
        await (await node.SubmitAsync(FakeExperiments.Plan(depths: 1))).EndAsync();

        Assert.All(Folder.Journal.OfType<JournalEntry.AttemptEnded>(), ended => Assert.Equal(FailureKind.OutOfMemory, ended.Kind));
    }

    [Fact]
    public async Task When_all_packs_fail_alike_the_sweep_pauses_with_exit_code_6_and_can_be_resumed()
    {
        var plan = FakeExperiments.Plan(depths: 6);
        await using (var node = await TestNode.StartAsync(folders, Throws("no library")))
        {
            var status = await (await node.SubmitAsync(plan)).EndAsync();

            Assert.Equal((SweepState.Paused, ExitCode.CircuitBreaker), (status.State, status.ExitCode));
            Assert.Contains("no library", status.Fault!.Problem);
            Assert.NotNull(status.Fault.Remedy);
            Assert.Equal(3, Folder.Journal.OfType<JournalEntry.Leased>().Count());
            Assert.Empty(Folder.Journal.OfType<JournalEntry.PackFailed>());
            Assert.False(Folder.IsOpen);
        }

        await using var mended = await TestNode.StartAsync(folders, new FakeRunner());
        Assert.Equal(SweepState.Completed, (await (await mended.SubmitAsync(plan)).EndAsync()).State);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task A_sweep_of_one_pack_that_keeps_failing_pauses_as_well()
    {
        await using var node = await TestNode.StartAsync(folders, Throws("no library"));
        var status = await (await node.SubmitAsync(FakeExperiments.Plan(depths: 1))).EndAsync();

        Assert.Equal((SweepState.Paused, ExitCode.CircuitBreaker), (status.State, status.ExitCode));
        // Three times as a whole, and both halves of it.
        Assert.Equal(5, Folder.Journal.OfType<JournalEntry.Leased>().Count());
        Assert.Empty(Folder.Journal.OfType<JournalEntry.PackFailed>());
    }

    [Fact]
    public async Task A_full_disk_pauses_the_sweep_with_exit_code_5_and_cleans_its_staging()
    {
        var plan = FakeExperiments.Plan(depths: 4);
        Folder.OnAppend = (header, _) =>
        {
            if (header.Trials[0].Point.Integer("depth") == 2)
            {
                throw new IOException("No space left on device : 'staging'");
            }
        };
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());
        var status = await (await node.SubmitAsync(plan)).EndAsync();

        Assert.Equal((SweepState.Paused, ExitCode.Preflight), (status.State, status.ExitCode));
        Assert.Contains("No space left", status.Fault!.Problem);
        Assert.Equal((4, 0, false), (status.Trials.Committed, Folder.StagedCount, Folder.IsOpen));

        Folder.OnAppend = (_, _) => { };
        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(plan)).EndAsync()).State);
        Folder.AssertHolds(plan);
    }

    [Theory]
    [InlineData(typeof(JournalEntry.Planned))]
    [InlineData(typeof(JournalEntry.Leased))]
    [InlineData(typeof(JournalEntry.CommitGranted))]
    [InlineData(typeof(JournalEntry.Committed))]
    public async Task A_journal_that_cannot_be_written_stops_the_sweep_and_loses_nothing(Type line)
    {
        var plan = FakeExperiments.Plan(depths: 3);
        Folder.OnJournal = entry =>
        {
            if (entry.GetType() == line)
            {
                throw new SweepException(ExitCode.Preflight, "the journal cannot be written", "Free some space.", "journal.jsonl");
            }
        };
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());
        var fault = await FaultOfAsync(node, plan);

        Assert.Equal((ExitCode.Preflight, "journal.jsonl"), (fault.ExitCode, fault.Place));
        Assert.False(Folder.IsOpen);
        Folder.OnJournal = _ => { };
        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(plan)).EndAsync()).State);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task Derived_files_that_cannot_be_written_fail_the_sweep_with_their_message()
    {
        Folder.OnDerive = () => throw new SweepException(ExitCode.Preflight, "curves.parquet cannot be written", "Free some space.");
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());
        var status = await (await node.SubmitAsync(FakeExperiments.Plan(depths: 1))).EndAsync();

        Assert.Equal((SweepState.Failed, ExitCode.Preflight, 4), (status.State, status.ExitCode, status.Trials.Committed));
        Assert.Equal("curves.parquet cannot be written", status.Fault!.Problem);
        Assert.False(Folder.IsOpen);
    }

    private static async Task<Fault> FaultOfAsync(SweeperNode node, Core.Sweeps.SweepPlan plan)
    {
        try
        {
            return (await (await node.SubmitAsync(plan)).EndAsync()).Fault!;
        }
        catch (SweepException refusal)
        {
            return Fault.From(refusal);
        }
    }

    private static FakeRunner Throws(string message, int? depth = null) => new()
    {
        OnStep = (work, _, _) =>
        {
            if (depth is null || work.Statics.Integer("depth") == depth)
            {
                throw new InvalidOperationException(message);
            }
        },
    };
}
