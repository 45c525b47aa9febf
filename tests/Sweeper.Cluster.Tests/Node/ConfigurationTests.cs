using Sweeper.Cluster.Tests.Fakes;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>What a node's actor system ends up with, whatever libraries put over and under our file.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task A_node_listens_on_loopback_trusts_no_foreign_type_and_keeps_the_coordinator_alive()
    {
        await using var node = await TestNode.StartAsync(new MemoryFolders(), new FakeRunner());
        var settings = node.System.Settings.Config;

        Assert.Equal("127.0.0.1", Akka.Cluster.Cluster.Get(node.System).SelfAddress.Host);
        Assert.False(settings.GetBoolean("akka.actor.serialization-settings.allow-unregistered-types", true));
        Assert.StartsWith("Akka.Cluster.SBR.", settings.GetString("akka.cluster.downing-provider-class", ""));
        Assert.Equal("keep-oldest", settings.GetString("akka.cluster.split-brain-resolver.active-strategy", ""));
        Assert.Equal("coordinator", settings.GetString("akka.cluster.split-brain-resolver.keep-oldest.role", ""));
        Assert.False(settings.GetBoolean("akka.cluster.split-brain-resolver.keep-oldest.down-if-alone", true));
        Assert.False(settings.GetBoolean("akka.cluster.split-brain-resolver.down-all-when-unstable", true));
        Assert.False(settings.GetBoolean("akka.coordinated-shutdown.exit-clr", true));
    }
}
