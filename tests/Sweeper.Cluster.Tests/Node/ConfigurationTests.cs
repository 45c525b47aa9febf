using Akka.Configuration;
using Akka.Remote;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Joining;
using Sweeper.Cluster.Tests.Fakes;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>What a node's actor system ends up with, whatever libraries put over and under our file.</summary>
public sealed class ConfigurationTests
{
    private static readonly SweeperNodeOptions Options = TestNode.Options(new MemoryFolders(), TestNode.Brisk, new FakeRunner());

    [Fact]
    public async Task A_member_of_a_cluster_listens_on_loopback_by_tls_trusts_no_foreign_type_and_keeps_the_coordinator_alive()
    {
        await using var node = await TestNode.StartAsync(Options with { Credential = TestNode.Credential });
        var settings = node.System.Settings.Config;

        Assert.Equal(("akka.ssl.tcp", "127.0.0.1"), (Akka.Cluster.Cluster.Get(node.System).SelfAddress.Protocol, node.Address.Host));
        Assert.True(settings.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl"));
        Assert.False(settings.GetBoolean("akka.actor.serialization-settings.allow-unregistered-types", true));
        Assert.StartsWith(typeof(CoordinatorDowning).FullName!, settings.GetString("akka.cluster.downing-provider-class", ""));
        Assert.True(settings.HasPath("give-member-up-after"));
        Assert.Equal(typeof(PhiAccrualFailureDetector), Detector(settings));
        Assert.False(settings.GetBoolean("akka.coordinated-shutdown.exit-clr", true));
    }

    [Fact]
    public async Task Who_is_no_coordinator_judges_nobody()
    {
        await using var coordinator = await TestNode.StartAsync(Options with { Credential = TestNode.Credential });
        await using var node = await TestNode.StartAsync(
            Options with { Folders = null, Credential = TestNode.Credential, Join = coordinator.Address });
        var settings = node.System.Settings.Config;

        Assert.False(settings.HasPath("give-member-up-after"));
        Assert.Equal(typeof(UnjudgedMembers), Detector(settings));
    }

    private static Type? Detector(Config settings) =>
        Type.GetType(settings.GetString("akka.cluster.failure-detector.implementation-class", ""));

    [Fact]
    public async Task A_node_by_itself_has_no_port()
    {
        await using var node = await TestNode.StartAsync(Options);

        Assert.StartsWith("Akka.Actor.LocalActorRefProvider", node.System.Settings.Config.GetString("akka.actor.provider"));
        Assert.Throws<InvalidOperationException>(() => node.Address);
    }

    [Fact]
    public async Task Without_a_coordinator_and_without_a_credential_there_is_no_node() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestNode.StartAsync(Options with { Folders = null }));
}
