using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Joining;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Tests.Fakes;

namespace Sweeper.Cluster.Tests.Joining;

/// <summary>Members and coordinators that do, or do not, reach each other.</summary>
public sealed class ReachTests
{
    private readonly ConcurrentQueue<string> said = new();
    private readonly ConcurrentQueue<string> saidByCoordinator = new();

    private SweeperNodeOptions Member => TestNode.Options(new MemoryFolders(), TestNode.Brisk) with
    {
        Folders = null, Credential = TestNode.Credential, Say = said.Enqueue,
    };

    private SweeperNodeOptions Coordinator => TestNode.Options(new MemoryFolders(), TestNode.Brisk) with
    {
        Credential = TestNode.Credential, Say = saidByCoordinator.Enqueue,
    };

    [Fact]
    public async Task A_worker_that_the_coordinator_cannot_call_is_told_by_whom_and_where_and_so_is_the_coordinator()
    {
        await using var coordinator = await TestNode.StartAsync(Coordinator);
        var port = ClosedPort();
        await using var node = await TestNode.StartAsync(Member with
        {
            Join = coordinator.Address, Listener = NodeListener.Loopback with { AdvertisedPort = port },
        });

        await node.Removed.WaitAsync(TestNode.Patience, TestContext.Current.CancellationToken);
        Assert.Contains("refused", node.Refusal, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}, where this host cannot reach it: connection refused", Assert.Single(saidByCoordinator),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_that_is_not_where_it_says_is_said_and_waited_for()
    {
        var port = ClosedPort();
        await using var node = await TestNode.StartAsync(Member with { Join = new NodeAddress("127.0.0.1", port) });

        Assert.True(SpinWait.SpinUntil(() => !said.IsEmpty, TestNode.Patience));
        Assert.Contains(
            $"does not reach the coordinator at 127.0.0.1:{port}: connection refused", Assert.Single(said), StringComparison.Ordinal);
        Assert.False(node.Removed.IsCompleted);
    }

    /// <summary>As behind a Service: the address stays, and no file says that there is another coordinator.</summary>
    [Fact]
    public async Task A_coordinator_that_is_started_again_at_the_same_address_ends_the_nodes_of_the_one_before()
    {
        var here = NodeListener.Loopback with { Port = ClosedPort() };
        await using var node = await StartAndLeaveAsync(here);
        await using var second = await TestNode.StartAsync(Coordinator with { Listener = here });

        await node.Removed.WaitAsync(TestNode.Patience, TestContext.Current.CancellationToken);
        Assert.Null(node.Refusal);
    }

    [Fact]
    public async Task Who_calls_finds_a_member_and_says_what_else_there_is()
    {
        await using var coordinator = await TestNode.StartAsync(Coordinator);
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        _ = Task.Run(async () => (await stranger.AcceptTcpClientAsync()).Dispose(), TestContext.Current.CancellationToken);
        var call = new MemberCall(TestNode.Credential, TimeProvider.System);
        var foreign = new MemberCall(ClusterCredential.Create(), TimeProvider.System);

        Assert.Null(await call.TryAsync(coordinator.Address));
        Assert.Equal("connection refused", await call.TryAsync(new NodeAddress("127.0.0.1", ClosedPort())));
        Assert.Equal("the name stands for no address there", await call.TryAsync(new NodeAddress("no-such-host.invalid", 1)));
        Assert.Equal("who listens there is no member of this cluster",
            await call.TryAsync(new NodeAddress("127.0.0.1", ((IPEndPoint)stranger.LocalEndpoint).Port)));
        Assert.Equal("who listens there is no member of this cluster", await foreign.TryAsync(coordinator.Address));
    }

    private async Task<SweeperNode> StartAndLeaveAsync(NodeListener here)
    {
        await using var first = await TestNode.StartAsync(Coordinator with { Listener = here });
        var node = await TestNode.StartAsync(Member with { Join = first.Address });
        var cluster = Akka.Cluster.Cluster.Get(first.System);
        Assert.True(SpinWait.SpinUntil(() => cluster.State.Members.Count == 2, TestNode.Patience));
        await first.AbandonAsync();
        return node;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
