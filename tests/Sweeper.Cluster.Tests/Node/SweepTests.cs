using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Errors;
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
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using var node = await TestNode.StartAsync(folders, new FakeRunner(), new FakeRunner());
        Console.Error.WriteLine($"started {clock.ElapsedMilliseconds} ms");
        var plan = FakeExperiments.Plan(depths: 5);
        var sweep = await node.SubmitAsync(plan);
        Console.Error.WriteLine($"accepted {clock.ElapsedMilliseconds} ms");
        var status = await sweep.EndAsync();
        Console.Error.WriteLine($"done {clock.ElapsedMilliseconds} ms");

        Assert.Equal((SweepState.Completed, ExitCode.Done), (status.State, status.ExitCode));
        Assert.Equal(new TrialCounts(20, 20, 0, 0, 0, 0), status.Trials);
        Assert.Equal((5, 5), (status.Packs, status.PacksDone));
        Assert.Equal((5, 1, false), (Folder.Published.Count, Folder.Derivations, Folder.IsOpen));
        AssertComplete(plan);
    }

    private void AssertComplete(SweepPlan plan)
    {
        Assert.Equal(plan.Packs.Length, Folder.Published.Count);
        foreach (var pack in plan.Packs)
        {
            var work = plan.WorkFor(pack, (_, _) => true);
            var blocks = Folder.Published[$"{pack.Id}-0.parquet"].Blocks;
            Assert.Equal(work.Schedule.Snapshots.Select(snapshot => snapshot.Step), blocks.Select(block => block.Step));
            foreach (var block in blocks)
            {
                Assert.Equal(work.Wanted.Select(trial => FakeRunner.Value(work, trial, block.Step)), block.Values.ToArray());
            }
        }
    }
}
