using System.Text.Json;
using Sweeper.Composition;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.CommandLine;

/// <summary>What `status` says of workers that may not train.</summary>
public sealed class WaitingWorkerTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Workers_that_wait_are_named_with_their_reason_and_a_further_worker_is_no_remedy()
    {
        using var temporary = new TemporaryFolder();
        var sweep = temporary.In("tiny.yaml");
        File.WriteAllText(sweep, "sweep: tiny\nexperiment: teacher-student\nfixed: { steps: 1 }\n");
        var plan = CompositionRoot.Plan(SweepFile.Load(sweep, SweepOverrides.None));
        var path = temporary.In("tiny");
        using (var folder = CompositionRoot.Folders(_ => { }).OpenForWriting(plan, path))
        {
            folder.Tell([new("b", "is slow. Wait.", Since), new("a", "is old. Renew it.", Since), new("c", "is slow. Wait.", Since)]);

            var text = (await InProcess.Run("status", path)).Output;
            Assert.Contains("  no worker trains it now, and those that are there wait\n", text, StringComparison.Ordinal);
            Assert.Contains("  worker b, c waits: is slow. Wait.\n  worker a waits: is old. Renew it.\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("starts one", text, StringComparison.Ordinal);

            var json = JsonDocument.Parse((await InProcess.Run("status", path, "--json")).Output).RootElement.GetProperty("waiting");
            Assert.Equal(
                [("b", "is slow. Wait."), ("a", "is old. Renew it."), ("c", "is slow. Wait.")],
                json.EnumerateArray().Select(one => (one.GetProperty("worker").GetString(), one.GetProperty("reason").GetString())));
        }

        Assert.False(File.Exists(new ResultFolder(path).Waiting));
        Assert.DoesNotContain("waits", (await InProcess.Run("status", path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_not_believed()
    {
        using var temporary = new TemporaryFolder();
        var sweep = temporary.In("tiny.yaml");
        File.WriteAllText(sweep, "sweep: tiny\nexperiment: teacher-student\nfixed: { steps: 1 }\n");
        var path = temporary.In("tiny");
        CompositionRoot.Folders(_ => { }).OpenForWriting(CompositionRoot.Plan(SweepFile.Load(sweep, SweepOverrides.None)), path).Dispose();
        WaitingFile.Write(new ResultFolder(path), [new WaitingWorker("a", "is old", Since)]);

        Assert.DoesNotContain("waits", (await InProcess.Run("status", path)).Output, StringComparison.Ordinal);
    }
}
