using System.Text.Json;
using Akka.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Tests.Fakes;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Processes that live, but whose cluster has given them up: as when they slept too long, or were cut off.</summary>
public sealed class RemovedNodeTests
{
    private const int Terminate = 15;

    [Theory, InlineData("coordinator"), InlineData("worker"), InlineData("client")]
    public async Task A_node_that_its_cluster_removes_comes_back_by_itself_and_the_curves_are_the_same_bytes(string role)
    {
        using var folder = ManySweep.NewFolder();
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator");
        coordinator.AwaitOutput("coordinator at");
        using var worker = new BackgroundProcess(folder.Path, "worker", "--name", "one");
        using var client = new BackgroundProcess(folder.Path, "submit", ManySweep.File);
        ManySweep.AwaitFirstCommit(folder);
        await RemoveAsync(Path.Combine(folder.Path, "results/cluster.json"), role);

        Assert.Equal(0, client.AwaitExit());
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        worker.Signal(Terminate);
        coordinator.Signal(Terminate);
        Assert.Equal((75, 75), (worker.AwaitExit(), coordinator.AwaitExit()));
    }

    [Fact]
    public async Task A_run_whose_cluster_removes_it_says_so_and_the_same_command_goes_on()
    {
        using var folder = ManySweep.NewFolder();
        using var run = new BackgroundProcess(folder.Path, [("TMPDIR", folder.Path)], "run", ManySweep.File, "--workers", "1");
        ManySweep.AwaitFirstCommit(folder);
        await RemoveAsync(Assert.Single(Directory.GetFiles(folder.Path, "cluster.json", SearchOption.AllDirectories)), "coordinator");

        Assert.Equal(75, run.AwaitExit());
        Assert.Contains("lost sight of one another", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", ManySweep.File]).ExitCode);
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
    }

    /// <summary>One more node joins, and declares another one to be down.</summary>
    private static async Task RemoveAsync(string clusterFile, string role)
    {
        using var published = JsonDocument.Parse(File.ReadAllText(clusterFile));
        string Text(JsonElement at, string name) => at.GetProperty(name).GetString()!;
        var root = published.RootElement;
        var (at, shown) = (new NodeAddress(Text(root, "host"), root.GetProperty("port").GetInt32()), root.GetProperty("credential"));
        var node = await SweeperNode.StartAsync(
            new SweeperNodeOptions
                { Catalog = new FakeExperiments(), Join = at, Credential = new(Text(shown, "certificate"), Text(shown, "key")) },
            NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        var cluster = Akka.Cluster.Cluster.Get(node.System);
        Member? Named() => cluster.State.Members.FirstOrDefault(member => member.HasRole(role) && member.Address != cluster.SelfAddress);
        BackgroundProcess.Await(
            () => cluster.SelfMember.Status == MemberStatus.Up && Named() is { Status: MemberStatus.Up }, $"there is no {role}");
        var removed = Named()!.Address;
        cluster.Down(removed);
        BackgroundProcess.Await(
            () => node.Removed.IsCompleted || cluster.State.Members.All(member => member.Address != removed), "it is not removed");
        await node.AbandonAsync();
    }
}
