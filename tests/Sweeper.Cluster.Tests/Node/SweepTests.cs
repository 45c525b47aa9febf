using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>Sweeps through a whole node: coordinator, aggregator, workers, real actors and messages.</summary>
public sealed class SweepTests
{
    private readonly MemoryFolders folders = new();

    private MemoryFolder Folder => folders["results/test"];

    [Fact]
    public async Task A_sweep_runs_from_submission_to_derived_files()
    {
        await using var node = await TestNode.StartAsync(folders, new FakeRunner(), new FakeRunner());
        var plan = FakeExperiments.Plan(depths: 5);
        var status = await (await node.SubmitAsync(plan)).EndAsync();

        Assert.Equal((SweepState.Completed, ExitCode.Done), (status.State, status.ExitCode));
        Assert.Equal(new TrialCounts(20, 20, 0, 0, 0, 0), status.Trials);
        Assert.Equal((5, 5, 1), (status.Packs, status.PacksDone, Folder.Derivations));
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task Two_users_run_sweeps_on_one_machine_at_the_same_time()
    {
        var (plan, otherPlan, others) = (FakeExperiments.Plan(depths: 4), FakeExperiments.Plan(depths: 3), new MemoryFolders());
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());
        await using var other = await TestNode.StartAsync(others, new FakeRunner());
        var sweep = await node.SubmitAsync(plan);
        var otherSweep = await other.SubmitAsync(otherPlan);

        Assert.Equal((SweepState.Completed, SweepState.Completed), ((await sweep.EndAsync()).State, (await otherSweep.EndAsync()).State));
        Folder.AssertHolds(plan);
        others["results/test"].AssertHolds(otherPlan);
    }

    [Fact]
    public async Task A_sweep_with_nothing_to_do_writes_nothing_to_the_journal()
    {
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());
        var plan = FakeExperiments.Plan(depths: 2);
        await (await node.SubmitAsync(plan)).EndAsync();
        var journal = Folder.Journal;
        var again = await (await node.SubmitAsync(plan)).EndAsync();

        Assert.Equal(journal, Folder.Journal);
        Assert.Equal((SweepState.Completed, ExitCode.Done, 8), (again.State, again.ExitCode, again.Trials.Committed));
    }

    [Fact]
    public async Task A_longer_axis_trains_only_what_is_new()
    {
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());
        await (await node.SubmitAsync(FakeExperiments.Plan(depths: 2))).EndAsync();
        var status = await (await node.SubmitAsync(FakeExperiments.Plan(depths: 3))).EndAsync();

        Assert.Equal(12, status.Trials.Committed);
        Assert.Equal(3, Folder.Journal.OfType<JournalEntry.Leased>().Count());
        Assert.Equal(3, Folder.Published.Count);
    }

    [Fact]
    public async Task A_run_about_part_of_a_plan_commits_that_part_and_a_later_one_the_rest()
    {
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());
        var plan = FakeExperiments.Plan(depths: 3);
        var part = await (await node.SubmitAsync(plan, new RunScope("depth > 1 and lr == 0.1", 3))).EndAsync();
        Assert.Equal((SweepState.Completed, ExitCode.Done, new TrialCounts(3, 3, 0, 0, 0, 0)), (part.State, part.ExitCode, part.Trials));
        var planned = Assert.Single(Folder.Journal.OfType<JournalEntry.Planned>());
        Assert.Equal((plan.Hash, 12L), (planned.PlanHash, planned.Trials));

        var rest = await (await node.SubmitAsync(plan)).EndAsync();
        Assert.Equal((SweepState.Completed, 12), (rest.State, rest.Trials.Committed));
        Assert.Single(Folder.Journal.OfType<JournalEntry.Planned>());
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task A_second_submission_of_a_running_sweep_joins_it()
    {
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(
            folders, new FakeRunner { OnStep = (_, _, cancellation) => gate.Pass(cancellation) });
        var plan = FakeExperiments.Plan(depths: 3);
        var first = await node.SubmitAsync(plan);
        await gate.Reached();
        var second = await node.SubmitAsync(plan);
        gate.Open();

        Assert.Equal(SweepState.Completed, (await first.EndAsync()).State);
        Assert.Equal(SweepState.Completed, (await second.EndAsync()).State);
        Assert.Equal(3, Folder.Journal.OfType<JournalEntry.Leased>().Count());
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task Two_sweeps_are_trained_side_by_side()
    {
        var gate = new Gate();
        var order = new System.Collections.Concurrent.ConcurrentQueue<int>();
        await using var node = await TestNode.StartAsync(folders, new FakeRunner
        {
            OnStep = (work, step, cancellation) =>
            {
                gate.Pass(cancellation);
                if (step == 0)
                {
                    order.Enqueue(work.Experiment.Name.Length + (int)work.Statics.Integer("steps"));
                }
            },
        });
        var first = await node.SubmitAsync(FakeExperiments.Plan(depths: 3));
        var longer = FakeExperiments.Parse("sweep: other\nexperiment: fake\nfixed: { steps: 9 }\ngrid: { depth: [1, 2, 3] }");
        var second = await node.Client.SubmitAsync(longer, "results/other", cancellation: TestContext.Current.CancellationToken);
        gate.Open();

        Assert.Equal([SweepState.Completed, SweepState.Completed], [(await first.EndAsync()).State, (await second.EndAsync()).State]);
        Assert.Equal([8, 13, 8, 13, 8, 13], order);
        Folder.AssertHolds(FakeExperiments.Plan(depths: 3));
        folders["results/other"].AssertHolds(longer);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_opened_refuses_the_sweep_with_its_reason()
    {
        using var holder = Folder.Open();
        await using var node = await TestNode.StartAsync(folders, new FakeRunner());

        var refusal = await Assert.ThrowsAsync<SweepException>(() => node.SubmitAsync(FakeExperiments.Plan(depths: 1)));
        Assert.Equal((ExitCode.Preflight, "Wait for it to end."), (refusal.ExitCode, refusal.Remedy));
    }

    [Fact]
    public async Task A_stop_takes_effect_at_once_and_a_later_run_finishes()
    {
        var gate = new Gate();
        var plan = FakeExperiments.Plan(depths: 3);
        await using var node = await TestNode.StartAsync(folders, new FakeRunner
        {
            OnStep = (work, _, cancellation) =>
            {
                if (work.Statics.Integer("depth") == 2)
                {
                    gate.Pass(cancellation);
                }
            },
        });
        var sweep = await node.SubmitAsync(plan);
        await gate.Reached();
        sweep.Drain();
        var stopped = await sweep.EndAsync();

        Assert.Equal((SweepState.Stopped, ExitCode.Stopped), (stopped.State, stopped.ExitCode));
        Assert.Equal(new TrialCounts(12, 4, 0, 0, 8, 0), stopped.Trials);
        Assert.Equal(FailureKind.Drained, Folder.Journal.OfType<JournalEntry.AttemptEnded>().Single().Kind);
        Assert.False(Folder.IsOpen);

        gate.Open();
        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(plan)).EndAsync()).State);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task A_worker_with_other_numerics_waits_and_the_status_says_why()
    {
        var gate = new Gate();
        // Whichever of them comes first.
        var runner = new FakeRunner { OnStep = (_, _, cancellation) => gate.Pass(cancellation) };
        var options = TestNode.Options(folders, TestNode.Brisk, runner, runner);
        options = options with { Workers = [options.Workers[0], options.Workers[1] with { Numerics = "fake 2" }] };
        await using var node = await TestNode.StartAsync(options);
        var sweep = await node.SubmitAsync(FakeExperiments.Plan(depths: 2));
        var status = await sweep.UntilAsync(status => status.Workers.Any(worker => worker.Reason?.Contains("begun with") == true));

        Assert.Single(status.Running);
        Assert.Single(Folder.Journal.OfType<JournalEntry.NumericsFrozen>());
        await sweep.UntilAsync(_ => !Folder.Waiting.IsEmpty);
        var waits = Assert.Single(Folder.Waiting);
        Assert.Equal(status.Workers.Single(worker => worker.Reason is not null).Worker, waits.Worker);
        Assert.Contains("begun with: fake ", waits.Reason, StringComparison.Ordinal);
        Assert.Contains("--mixed", waits.Reason, StringComparison.Ordinal);
        gate.Open();
    }

    [Fact]
    public async Task A_run_that_may_mix_numerics_trains_on_both_and_the_journal_names_them()
    {
        var gate = new Gate();
        FakeRunner Waiting() => new() { OnStep = (_, _, cancellation) => gate.Pass(cancellation) };
        var options = TestNode.Options(folders, TestNode.Brisk, Waiting(), Waiting());
        options = options with { Workers = [options.Workers[0], options.Workers[1] with { Numerics = "fake 2" }] };
        await using var node = await TestNode.StartAsync(options);
        var sweep = await node.SubmitAsync(FakeExperiments.Plan(depths: 2), rules: new RunRules(FailFast: false, Mixed: true));
        await sweep.UntilAsync(status => status.Running.Length == 2);
        gate.Open();

        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
        Assert.Equal(["fake 1", "fake 2"], SweepHistory.Fold(Folder.Journal).Numerics.Order());
    }

    [Fact]
    public async Task A_sweep_that_is_cancelled_ends_for_all_and_what_is_committed_stays()
    {
        var plan = FakeExperiments.Plan(depths: 2);
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(folders, new FakeRunner
        {
            OnStep = (work, _, cancellation) =>
            {
                if (work.Pack.First > 0)
                {
                    gate.Pass(cancellation);
                }
            },
        });
        var sweep = await node.SubmitAsync(plan);
        await sweep.UntilAsync(status => status.PacksDone == 1);
        Assert.Equal([false], await node.Client.CancelAsync("results/other", TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.All(await node.Client.CancelAsync("results/test", TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken), Assert.True);

        Assert.Equal((SweepState.Stopped, 4), ((await sweep.EndAsync()).State, (await sweep.EndAsync()).Trials.Committed));
        Assert.False(Folder.IsOpen);
        gate.Open();
        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(plan)).EndAsync()).State);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public async Task Workers_that_are_drained_are_asked_to_leave_unless_one_of_the_names_is_unknown()
    {
        var dismissed = new ConcurrentBag<string>();
        var options = TestNode.Options(folders, TestNode.Brisk, new FakeRunner(), new FakeRunner());
        options =
            options with { Workers = [.. options.Workers.Select(worker => worker with { Dismissed = () => dismissed.Add(worker.Name) })] };
        await using var node = await TestNode.StartAsync(options);
        var there = ImmutableArray<string>.Empty;
        while (there.Length < 2)
        {
            there = await node.Client.DrainWorkersAsync(["fake-0", "fake-7"], TestContext.Current.CancellationToken)
                .FirstAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(["fake-0", "fake-1"], there);
        Assert.Empty(dismissed);
        await node.Client.DrainWorkersAsync(["fake-1"], TestContext.Current.CancellationToken)
            .Take(2).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["fake-1"], dismissed.Distinct());
    }

    [Fact]
    public async Task Progress_reaches_the_status()
    {
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(folders, new FakeRunner
        {
            OnStep = (_, step, cancellation) =>
            {
                if (step == 4)
                {
                    gate.Pass(cancellation);
                }
            },
        });
        var sweep = await node.SubmitAsync(FakeExperiments.Plan(depths: 1));
        var status = await sweep.UntilAsync(status => status.Running is [{ LastStep: 4 }]);

        var pack = status.Running[0];
        Assert.Equal((4, 4, 1, "fake-0"), (pack.Trials, pack.Alive, pack.Attempt, pack.Worker));
        Assert.InRange(pack.Step, 1, 3);
        gate.Open();
    }

    [Fact]
    public async Task Diverged_trials_are_committed_and_all_of_them_raise_a_warning()
    {
        await using var node = await TestNode.StartAsync(folders, new FakeRunner { DivergesAt = 2 });
        var status = await (await node.SubmitAsync(FakeExperiments.Plan(depths: 2))).EndAsync();

        Assert.Equal((SweepState.Completed, ExitCode.Done), (status.State, status.ExitCode));
        Assert.Equal(new TrialCounts(8, 8, 8, 0, 0, 0), status.Trials);
        Assert.Contains("all 8", status.Warning);
        Assert.All(SweepHistory.Fold(Folder.Journal).Trials.Values, trial => Assert.NotNull(trial.DivergedStep));
    }

    [Fact]
    public async Task A_node_that_is_training_shuts_down_and_leaves_folder_and_exit_code_alone()
    {
        var gate = new Gate();
        var code = Environment.ExitCode;
        var node = await TestNode.StartAsync(folders, new FakeRunner { OnStep = (_, _, cancellation) => gate.Pass(cancellation) });
        await node.SubmitAsync(FakeExperiments.Plan(depths: 2));
        await gate.Reached();
        await node.DisposeAsync().AsTask().WaitAsync(TestNode.Patience, TestContext.Current.CancellationToken);

        Assert.False(Folder.IsOpen);
        Assert.Equal(code, Environment.ExitCode);
    }
}
