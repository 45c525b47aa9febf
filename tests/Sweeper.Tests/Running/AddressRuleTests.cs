using System.Net;
using Sweeper.Cluster.Hosting;
using Sweeper.Running.Addresses;
using Xunit;

namespace Sweeper.Tests.Running;

public sealed class AddressRuleTests
{
    private const string Nothing = "";

    /// <summary>Own addresses are written in the system's order, `*` after those of an interface with a gateway.</summary>
    [Theory]
    // What the host's name stands for, if others can know it.
    [InlineData("127.0.0.1 ::1 10.0.0.5* 10.1.0.5", "10.1.0.5", Nothing, "10.1.0.5")]
    [InlineData("127.0.0.1 ::1 10.0.0.5* fd00::5*", "fd00::5 10.0.0.5", Nothing, "10.0.0.5")]
    // Debian lets it stand for 127.0.1.1, and some resolvers for an address that is another host's.
    [InlineData("127.0.0.1 ::1 10.0.0.5*", "127.0.1.1", Nothing, "10.0.0.5")]
    [InlineData("127.0.0.1 ::1 10.0.0.5*", "203.0.113.9", Nothing, "10.0.0.5")]
    // A bridge for containers, and what a host gives itself, lead nowhere.
    [InlineData("127.0.0.1 172.17.0.1 10.0.0.5* fd00::5*", Nothing, Nothing, "10.0.0.5")]
    [InlineData("127.0.0.1 169.254.3.4* fe80::1* fd00::5", Nothing, Nothing, "fd00::5")]
    [InlineData("127.0.0.1 ::1 fd00::5* 198.51.100.1", Nothing, Nothing, "fd00::5")]
    // The way to the coordinator comes before all, loopback included: then it is on this host.
    [InlineData("127.0.0.1 10.0.0.5* 10.1.0.5", "10.0.0.5", "10.1.0.5", "10.1.0.5")]
    [InlineData("127.0.0.1 10.0.0.5*", "10.0.0.5", "127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1 10.0.0.5* fd00::5*", Nothing, "fd00::5", "fd00::5")]
    // Nothing else is there.
    [InlineData("127.0.0.1 ::1", "127.0.0.1", Nothing, "127.0.0.1")]
    [InlineData("127.0.0.1 fe80::1", Nothing, Nothing, "127.0.0.1")]
    public void Without_options_a_node_listens_at_the_address_that_it_gives_to_others(
        string own, string ofName, string towards, string chosen) =>
        Assert.Equal(new NodeListener(chosen, 0, chosen, 0), Choose(new ListenRequest(), own, ofName, towards));

    [Theory]
    [InlineData("10.1.0.5", null, "10.1.0.5", "10.1.0.5")]
    [InlineData("127.0.0.1", null, "127.0.0.1", "127.0.0.1")]
    [InlineData("::1", null, "::1", "::1")]
    [InlineData("0.0.0.0", null, "0.0.0.0", "10.0.0.5")]
    [InlineData("::", null, "::", "10.0.0.5")]
    [InlineData(null, "10.1.0.5", "10.1.0.5", "10.1.0.5")]
    [InlineData(null, "fd00::5", "fd00::5", "fd00::5")]
    // What is no address of this host stands in front of it, or is a name with several.
    [InlineData(null, "node7.example", "::", "node7.example")]
    [InlineData(null, "203.0.113.9", "::", "203.0.113.9")]
    [InlineData("10.1.0.5", "node7", "10.1.0.5", "node7")]
    public void What_is_asked_for_is_done_and_the_rest_follows_from_it(string? bind, string? advertise, string bound, string advertised)
    {
        var asked = new ListenRequest(bind is null ? null : IPAddress.Parse(bind), advertise, 4711);

        Assert.Equal(
            new NodeListener(bound, 4711, advertised, 0), Choose(asked, "127.0.0.1 ::1 10.0.0.5* 10.1.0.5 fd00::5*", Nothing, Nothing));
    }

    [Fact]
    public void Where_the_kernel_knows_no_ipv6_all_addresses_are_those_of_ipv4() => Assert.Equal(
        new NodeListener("0.0.0.0", 0, "node7", 0), Choose(new ListenRequest(Advertise: "node7"), "127.0.0.1 10.0.0.5*", Nothing, Nothing));

    [Fact]
    public void All_ipv4_addresses_are_reached_at_one_of_them() => Assert.Equal(
        new NodeListener("0.0.0.0", 0, "10.1.0.5", 0),
        Choose(new ListenRequest(IPAddress.Any), "127.0.0.1 fd00::5* 10.1.0.5", "fd00::5", "fd00::5"));

    [Fact]
    public async Task A_worker_is_where_its_coordinator_is()
    {
        var listener = await NodePlace.OfMemberAsync(new ListenRequest(), new NodeAddress("[::1]", 4711));

        Assert.Equal(("::1", "::1"), (listener.Bind, listener.Advertise));
    }

    [Fact]
    public async Task A_coordinator_whose_address_was_given_listens_everywhere_at_its_port()
    {
        var given = new NodeAddress("sweeper-coordinator", 4711);

        Assert.Equal((4711, "sweeper-coordinator", 4711), Ports(await NodePlace.OfCoordinatorAsync(new ListenRequest(), given)));
        Assert.Equal((8000, "sweeper-coordinator", 4711), Ports(await NodePlace.OfCoordinatorAsync(new ListenRequest(Port: 8000), given)));
    }

    private static (int Port, string Advertise, int AdvertisedPort) Ports(NodeListener listener) =>
        (listener.Port, listener.Advertise, listener.AdvertisedPort);

    private static NodeListener Choose(ListenRequest asked, string own, string ofName, string towards) => AddressRule.Choose(
        asked,
        new HostAddresses(
            [.. Words(own).Select(one => new OwnAddress(IPAddress.Parse(one.TrimEnd('*')), one.EndsWith('*')))],
            [.. Words(ofName).Select(IPAddress.Parse)]),
        towards.Length == 0 ? null : IPAddress.Parse(towards));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
