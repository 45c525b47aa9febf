using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Composition;
using Sweeper.Running;
using Sweeper.Running.Addresses;
using Xunit;

namespace Sweeper.Tests.Running;

public sealed class MembershipTests
{
    [Fact]
    public async Task Work_that_is_cancelled_with_its_node_is_done_again_with_the_same_coordinator()
    {
        using var folder = new TemporaryFolder();
        var cancellation = TestContext.Current.CancellationToken;
        var credential = ClusterCredential.Create();
        await using var coordinator = await SweeperNode.StartAsync(
            new SweeperNodeOptions
            {
                Catalog = CompositionRoot.Experiments, Folders = CompositionRoot.Folders(_ => { }), Credential = credential,
            },
            NullLoggerFactory.Instance, cancellation);
        var file = new ClusterFile(folder.In("cluster.json"));
        file.Publish(coordinator.Address, credential);
        var calls = 0;
        await new Membership(
                file, new ListenRequest(), new SweeperNodeOptions { Catalog = CompositionRoot.Experiments }, NullLoggerFactory.Instance)
            .RunAsync(
                (_, _, _) => ++calls == 1 ? Task.FromCanceled<bool>(new CancellationToken(true)) : Task.FromResult(true), cancellation)
            .WaitAsync(TimeSpan.FromMinutes(1), cancellation);

        Assert.Equal(2, calls);
    }
}
