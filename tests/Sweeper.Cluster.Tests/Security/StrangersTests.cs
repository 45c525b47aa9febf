using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Security;

/// <summary>A coordinator with a sweep, and those who mean it no good.</summary>
public sealed class StrangersTests : IDisposable
{
    private readonly MemoryFolders folders = new();
    private readonly RememberedLogs logs = new();

    public void Dispose() => logs.Dispose();

    private MemoryFolder Folder => folders["results/test"];

    [Fact]
    public async Task Whoever_shows_not_the_certificate_of_the_cluster_is_turned_away()
    {
        await using var node = await StartAsync(new FakeRunner());
        using var own = TestNode.Credential.Load();
        using var foreign = ClusterCredential.Create().Load();
        using var expired = ClusterCredential.Create(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1)).Load();

        Assert.True(await Visitor.IsLetInAsync(node.Address.Port, own));
        Assert.False(await Visitor.IsLetInAsync(node.Address.Port, foreign));
        Assert.False(await Visitor.IsLetInAsync(node.Address.Port, expired));
        Assert.False(await Visitor.IsLetInAsync(node.Address.Port, null));
        Assert.False(await Visitor.IsLetInAsync(node.Address.Port));
        Assert.True(logs.Say("its certificate is not that of this cluster"));
    }

    [Fact]
    public async Task A_thousand_strangers_are_a_handful_of_lines_and_no_stack_trace()
    {
        await using var node = await StartAsync(new FakeRunner());
        for (var knock = 0; knock < 1_000; knock++)
        {
            Assert.False(await Visitor.IsLetInAsync(node.Address.Port));
        }

        await node.DisposeAsync();
        Assert.All(logs.Lines, line => Assert.Null(line.Cause));
        Assert.InRange(logs.Lines.Count(line => line.Text.Contains("TLS", StringComparison.Ordinal)), 1, 5);
        Assert.True(logs.Say("were left out"));
    }

    [Fact]
    public async Task Frames_with_the_right_certificate_and_the_wrong_content_harm_neither_coordinator_nor_sweep()
    {
        var gate = new Gate();
        var plan = FakeExperiments.Plan(depths: 2);
        await using var node = await StartAsync(new FakeRunner { OnStep = (_, _, cancellation) => gate.Pass(cancellation) });
        var sweep = await node.SubmitAsync(plan);
        await gate.Reached();
        using var attacker = Attacker();
        string[] targets = ["/user/coordinator/coordinator", "/user/coordinator/coordinator/coordinator", "/user/coordinator",
            "/user/worker-0", "/user", "/system", "/remote"];
        foreach (var target in targets)
        {
            var actor = (IInternalActorRef)((ExtendedActorSystem)attacker).Provider
                .ResolveActorRef($"{MutualTls.Protocol}://sweeper@127.0.0.1:{node.Address.Port}{target}");
            foreach (var message in (object[])[new Canary(), new byte[] { 1, 2 }, PoisonPill.Instance, Kill.Instance, "hello", 7])
            {
                actor.Tell(message);
            }

            actor.Stop();
            actor.Suspend();
        }

        Assert.True(SpinWait.SpinUntil(() => logs.Say("no node says this"), TestNode.Patience));
        gate.Open();
        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
        Folder.AssertHolds(plan);
        Assert.Equal(targets.Length, Canary.Made);
        Assert.False(node.Removed.IsCompleted);
        await attacker.Terminate();
    }

    [Fact]
    public async Task Whoever_listens_where_a_member_was_does_not_end_the_one_that_calls_it()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        await using var node = await StartAsync(new FakeRunner());
        var there = ((ExtendedActorSystem)node.System).Provider
            .ResolveActorRef($"{MutualTls.Protocol}://sweeper@127.0.0.1:{((IPEndPoint)stranger.LocalEndpoint).Port}/user/worker-0");
        there.Tell(new Dismissed());
        using (var call = await stranger.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await call.GetStream().WriteAsync(new byte[64], TestContext.Current.CancellationToken);
        }

        Assert.True(SpinWait.SpinUntil(() => CoordinatedShutdown.Get(node.System).ShutdownReason is not null, TestNode.Patience));
        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(FakeExperiments.Plan(depths: 2))).EndAsync()).State);
        Assert.False(node.Removed.IsCompleted);
        await node.DisposeAsync();
        Assert.True(node.Removed.IsCompleted);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_node_whose_coordinator_ends_ends(bool inCluster)
    {
        var options =
            TestNode.Options(folders, TestNode.Brisk, new FakeRunner()) with { Credential = inCluster ? TestNode.Credential : null };
        await using var node = await TestNode.StartAsync(options);
        await (await node.SubmitAsync(FakeExperiments.Plan(depths: 1))).EndAsync();
        node.System.ActorSelection(inCluster ? "/user/coordinator/coordinator" : "/user/coordinator").Tell(PoisonPill.Instance);
        await node.Removed.WaitAsync(TestNode.Patience, TestContext.Current.CancellationToken);

        Assert.True(node.HasLostCoordinator);
    }

    private Task<SweeperNode> StartAsync(FakeRunner runner) => SweeperNode.StartAsync(
        TestNode.Options(folders, TestNode.Brisk, runner) with { Credential = TestNode.Credential }, logs,
        TestContext.Current.CancellationToken);

    /// <summary>A system that has the certificate, and of Akka all that it says by default.</summary>
    private static ActorSystem Attacker() => ActorSystem.Create("sweeper", ActorSystemSetup.Create(
        BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("""
            akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = remote, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, enable-ssl = on } }
            """)),
        MutualTls.With(TestNode.Credential, TimeProvider.System)));

    /// <summary>Sings when somebody makes one: the attacker does, for each actor.</summary>
    public sealed class Canary
    {
        public Canary() => Made++;

        public static int Made { get; private set; }
    }
}
