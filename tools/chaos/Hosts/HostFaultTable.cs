using System.Collections.Immutable;

namespace Sweeper.Chaos.Hosts;

/// <summary>All that goes wrong between hosts.</summary>
internal static class HostFaultTable
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    /// <summary>Shorter than a lease (20 s).</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(12);

    /// <summary>Longer than a lease, and than members are given up after.</summary>
    private static readonly TimeSpan Beyond = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(35);

    /// <summary>Every kind, short ones first.</summary>
    public static ImmutableArray<IHostFault> All { get; } =
    [
        new BrokenNetwork(
            "cut of a worker's host, shorter than a lease", Short, Within,
            (cluster, random) => Isolate(cluster, Worker(cluster, random))),
        new BrokenNetwork(
            "cut of the coordinator's host, shorter than a lease", Short, Within,
            (cluster, _) => Isolate(cluster, cluster.Coordinator.Host)),
        new BrokenNetwork(
            "one-way cut: nothing comes from a worker's host", Short, Within,
            (cluster, random) => OneWay(cluster, Worker(cluster, random), isFrom: true)),
        new BrokenNetwork(
            "one-way cut: nothing comes to a worker's host", Short, Within,
            (cluster, random) => OneWay(cluster, Worker(cluster, random), isFrom: false)),
        new BrokenNetwork("cut between two workers' hosts", Within, Beyond, BetweenWorkers),
        new BrokenNetwork(
            "a quarter of all frames are lost", Within, Within * 2,
            (cluster, _) => Everywhere(cluster, new LinkRule(Loss: 0.25))),
        new BrokenNetwork(
            "all frames come 0.3 s later", Within, Within * 2,
            (cluster, _) => Everywhere(cluster, new LinkRule(Delay: TimeSpan.FromSeconds(0.3)))),
        new Flapping(4), new VanishedHost(IsCoordinators: true), new VanishedHost(IsCoordinators: false),
        new StaleCoordinator(IsCutOff: false), new StaleCoordinator(IsCutOff: true),
        new BrokenNetwork(
            "cut of a worker's host, longer than a lease", Beyond, Longest,
            (cluster, random) => Isolate(cluster, Worker(cluster, random))),
        new BrokenNetwork(
            "cut of the coordinator's host, longer than a lease", Beyond, Longest,
            (cluster, _) => Isolate(cluster, cluster.Coordinator.Host)),
        new BrokenNetwork(
            "cut between coordinator and one worker, longer than a lease, while a third host reaches both", Beyond, Longest,
            BetweenCoordinatorAndWorker),
        new BrokenNetwork(
            "one-way cut, longer than a lease", Beyond, Longest,
            (cluster, random) => OneWay(cluster, Worker(cluster, random), random.Next(2) == 0)),
    ];

    private static int Worker(HostsCluster cluster, Random random) => random.GetItems(cluster.OtherHosts, 1)[0];

    private static int[] Isolate(HostsCluster cluster, int host)
    {
        cluster.Lab.Switch.SetAll(host, LinkRule.Cut);
        return host == cluster.Coordinator.Host ? [.. cluster.Lab.Switch.Hosts] : [host];
    }

    private static int[] OneWay(HostsCluster cluster, int host, bool isFrom)
    {
        foreach (var other in cluster.Lab.Switch.Hosts.Where(other => other != host))
        {
            cluster.Lab.Switch.Set(isFrom ? host : other, isFrom ? other : host, LinkRule.Cut);
        }

        return [host];
    }

    private static int[] BetweenWorkers(HostsCluster cluster, Random random)
    {
        var others = cluster.OtherHosts;
        random.Shuffle(others);
        return Between(cluster, others[0], others[^1]);
    }

    private static int[] BetweenCoordinatorAndWorker(HostsCluster cluster, Random random)
    {
        var worker = Worker(cluster, random);
        _ = Between(cluster, cluster.Coordinator.Host, worker);
        return [worker];
    }

    private static int[] Between(HostsCluster cluster, int one, int other)
    {
        cluster.Lab.Switch.Set(one, other, LinkRule.Cut);
        cluster.Lab.Switch.Set(other, one, LinkRule.Cut);
        return [one, other];
    }

    private static int[] Everywhere(HostsCluster cluster, LinkRule rule)
    {
        foreach (var host in cluster.Lab.Switch.Hosts)
        {
            cluster.Lab.Switch.SetAll(host, rule);
        }

        return [.. cluster.Lab.Switch.Hosts];
    }
}
