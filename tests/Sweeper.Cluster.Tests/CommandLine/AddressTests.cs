using System.Net;
using System.Net.Sockets;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Where processes of a cluster listen, and how they find one another.</summary>
public sealed class AddressTests
{
    private const int Terminate = 15;

    [Theory]
    [InlineData("::1", "[::1]:", "[::1]:")]
    [InlineData("127.0.0.1", "127.0.0.1:", "127.0.0.1:")]
    public void A_coordinator_is_where_it_is_told_and_its_worker_where_the_way_to_it_begins(
        string bind, string coordinatorAt, string workerAt)
    {
        Assert.SkipUnless(bind != "::1" || Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var folder = ManySweep.NewFolder();
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator", "--bind", bind);
        coordinator.AwaitOutput($"coordinator at {coordinatorAt}");
        using var worker = new BackgroundProcess(folder.Path, "worker", "--name", "one");
        worker.AwaitOutput($"one at {workerAt}");
        using var client = new BackgroundProcess(folder.Path, "submit", ManySweep.File);

        Assert.Equal(0, client.AwaitExit());
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        worker.Signal(Terminate);
        coordinator.Signal(Terminate);
        Assert.Equal((75, 75), (worker.AwaitExit(), coordinator.AwaitExit()));
    }

    [Fact]
    public void A_cluster_file_that_was_made_before_serves_one_coordinator_after_the_other_and_stays_as_it_is()
    {
        using var folder = ManySweep.NewFolder();
        var port = FreePort();
        Directory.CreateDirectory(folder.In("secret"));
        Assert.Equal(0, SweeperProcess.Run(
            folder.Path, ["cluster-file", "--address", $"localhost:{port}", "--output", "secret/cluster.json"]).ExitCode);
        var made = File.ReadAllText(folder.In("secret/cluster.json"));
        string[] cluster = ["--cluster", "secret/cluster.json"];
        string[] start = ["coordinator", "--bind", "127.0.0.1", "--state", "state", .. cluster];
        var coordinator = new BackgroundProcess(folder.Path, start);
        coordinator.AwaitOutput($"coordinator at localhost:{port}, as it is said in");
        using var worker = new BackgroundProcess(folder.Path, ["worker", "--name", "one", "--logs", "state/logs", .. cluster]);
        using var client = new BackgroundProcess(folder.Path, ["submit", ManySweep.File, .. cluster]);
        ManySweep.AwaitFirstCommit(folder);
        coordinator.Kill();
        coordinator.Dispose();
        using var second = new BackgroundProcess(folder.Path, start);

        Assert.Equal(0, client.AwaitExit());
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        Assert.Equal(made, File.ReadAllText(folder.In("secret/cluster.json")));
        Assert.DoesNotContain(Directory.GetFiles(folder.In("secret")),
            file => file.EndsWith(".lock", StringComparison.Ordinal) || file.Contains("queue", StringComparison.Ordinal));
        worker.Signal(Terminate);
        second.Signal(Terminate);
        Assert.Equal((75, 75), (worker.AwaitExit(), second.AwaitExit()));
    }

    [Fact]
    public void A_coordinator_that_gives_an_address_at_which_nobody_reaches_it_says_so()
    {
        using var folder = new TemporaryFolder();
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator", "--advertise", "no-such-host.invalid");

        coordinator.AwaitOutput("this host itself does not reach it there: the name stands for no address");
    }

    [Theory]
    [InlineData(2, "is none", "coordinator", "--bind", "node7")]
    [InlineData(2, "nobody can reach a node at 0.0.0.0", "coordinator", "--advertise", "0.0.0.0")]
    [InlineData(2, "is neither", "worker", "--advertise", "node7:4711")]
    [InlineData(2, "--port cannot be 70000", "coordinator", "--port", "70000")]
    [InlineData(5, "cannot listen at 203.0.113.1", "coordinator", "--bind", "203.0.113.1")]
    [InlineData(2, "needs NAME:PORT", "cluster-file", "--address", "node7")]
    [InlineData(2, "needs NAME:PORT", "cluster-file", "--address", "fd00::7:4711")]
    [InlineData(2, "--address", "cluster-file")]
    public void An_address_that_is_none_is_said(int exitCode, string said, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var refused = SweeperProcess.Run(folder.Path, arguments);

        Assert.True((exitCode, true) == (refused.ExitCode, refused.Error.Contains(said, StringComparison.Ordinal)), $"{refused}");
    }

    [Fact]
    public void A_file_that_was_made_before_is_not_overwritten_and_its_coordinator_says_nothing_else_than_it()
    {
        using var folder = new TemporaryFolder();
        string[] make = ["cluster-file", "--address", "[fd00::7]:4711", "-o", "cluster.json"];
        Assert.Equal(0, SweeperProcess.Run(folder.Path, make).ExitCode);

        Assert.Equal(5, SweeperProcess.Run(folder.Path, make).ExitCode);
        Assert.Equal(2, SweeperProcess.Run(folder.Path, ["coordinator", "--cluster", "cluster.json", "--advertise", "node7"]).ExitCode);
        Assert.Equal(2, SweeperProcess.Run(folder.Path, ["coordinator", "--cluster", "cluster.json", "--group", "root"]).ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
