using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Cluster.Hosting;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Running;

/// <summary>A coordinator makes nothing outside of the folders that it was started for, whoever asks.</summary>
public sealed class SubmittedFolderTests
{
    [Fact]
    public async Task A_sweep_that_is_submitted_or_was_queued_for_a_folder_elsewhere_is_refused_and_nothing_is_made()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("results"));
        Directory.CreateSymbolicLink(folder.In("results/link"), folder.In("elsewhere"));
        var plan = SweepPlan.Create(
            SweepFile.Parse("{ sweep: a, experiment: teacher-student, grid: { noise: [0, 1] } }", "a.yaml", SweepOverrides.None),
            CompositionRoot.Experiments);
        var (store, said) = (
            new Queue { Saved = [new Submission("left", plan.ResolvedText, folder.In("elsewhere/queued"), RunScope.All)] },
            new List<string>());
        await using var node = await SweeperNode.StartAsync(
            new SweeperNodeOptions
            {
                Catalog = CompositionRoot.Experiments, Folders = CompositionRoot.Folders(_ => { }, new ResultRoots([folder.In("results")])),
                Submissions = store, Say = said.Add,
            },
            NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

        foreach (var asked in (string[])["elsewhere/a", "results/link/a", "results/../elsewhere/a"])
        {
            var path = $"{folder.Path}/{asked}";
            var refused = await Assert.ThrowsAsync<SweepException>(() => node.Client.SubmitAsync(
                plan, path, cancellation: TestContext.Current.CancellationToken));
            Assert.Equal(ExitCode.Preflight, refused.ExitCode);
            Assert.Contains(folder.In("results"), refused.Message, StringComparison.Ordinal);
            Assert.StartsWith(path, refused.Place, StringComparison.Ordinal);
        }

        Assert.Contains("waits: the coordinator writes results only under", Assert.Single(said), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("elsewhere")));
        Assert.Equal("left", Assert.Single(store.Saved).Id);
        _ = await node.Client.SubmitAsync(plan, folder.In("results/a"), cancellation: TestContext.Current.CancellationToken);
        Assert.True(File.Exists(folder.In("results/a/journal.jsonl")));

        // There is no such sweep, and cancelling it looks at nothing.
        await foreach (var wasRunning in node.Client.CancelAsync(folder.In("elsewhere/a"), TestContext.Current.CancellationToken))
        {
            Assert.False(wasRunning);
        }
    }

    private sealed class Queue : ISubmissionStore
    {
        public ImmutableArray<Submission> Saved { get; set; }

        public ImmutableArray<Submission> Load() => Saved;

        public void Save(ImmutableArray<Submission> submissions) => Saved = submissions;
    }
}
