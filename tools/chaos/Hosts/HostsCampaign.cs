using System.Diagnostics;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Hosts;

/// <summary>
/// Rounds on several hosts until the time is over, and every kind of fault has fallen if there is time for all: each trains the sweep
/// while the network between them breaks, and compares it with a quiet one.
/// </summary>
internal sealed class HostsCampaign(int hosts, TimeSpan time, int seed, SweepFile sweep, string root, TextWriter output)
{
    /// <summary>From here on a kind of fault that never fell is a failure: there was time for all.</summary>
    private static readonly TimeSpan TimeForAll = TimeSpan.FromMinutes(15);

    private const double CheckpointSeconds = 2;
    private const int FewestHosts = 3;

    private readonly Random random = new(seed);
    private readonly HostsTally tally = new();
    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <summary>Runs it all; 0 when nothing was lost, also where it cannot be tried, which is then said.</summary>
    public async Task<int> RunAsync()
    {
        if (hosts < FewestHosts)
        {
            output.WriteLine($"--hosts needs {FewestHosts} or more: a coordinator, a worker, and one that reaches both");
            return 2;
        }

        if (HostLab.Lack is { } lack)
        {
            output.WriteLine($"not tried: {lack}");
            return 0;
        }

        Orphans.KillAtExit(mark);
        var lab = new HostLab(hosts, seed, root);
        var faults = new Queue<IHostFault>();
        var clock = Stopwatch.StartNew();
        var reference = await Reference.TrainAsync(Options("quiet"));
        output.WriteLine($"{sweep.Name}, quiet, on one host: {reference.Took.TotalSeconds:F0} s");
        var (rounds, failed) = (0, 0);
        for (clock.Restart(); clock.Elapsed < time || rounds == 0;)
        {
            if (faults.Count < HostFaultTable.All.Length)
            {
                Refill(faults);
            }

            lab.Switch.Heal();
            var before = tally.Total;
            var result = await new HostsRound(new HostsCluster(Options($"round-{++rounds}"), lab), tally, random)
                .RunAsync(faults, reference);
            output.WriteLine(
                $"round {rounds}: {result.Took.TotalSeconds:F0} s, {tally.Total - before} faults, "
                + $"{(result.Complaints.Count == 0 ? "as it should be" : "FAILED")}");
            foreach (var complaint in result.Complaints)
            {
                output.WriteLine($"  {complaint}");
            }

            failed += result.Complaints.Count == 0 ? 0 : 1;
        }

        output.WriteLine();
        tally.Write(output);
        output.WriteLine();
        var never = HostFaultTable.All.Where(fault => !tally.Has(fault.Name)).ToList();
        never.ForEach(fault => output.WriteLine($"never fell: {fault.Name}"));
        output.WriteLine(
            $"{tally.Total} faults in {rounds} rounds on {hosts} hosts, {clock.Elapsed.TotalMinutes:F1} minutes, seed {seed}; at work "
            + $"again after {tally.Longest.TotalSeconds:F0} s at most (bound: {HostsRound.Bound.TotalSeconds:0} s); results lost or "
            + $"changed: {failed}");
        return failed == 0 && (never.Count == 0 || time < TimeForAll) ? 0 : 1;
    }

    private void Refill(Queue<IHostFault> faults)
    {
        var deck = HostFaultTable.All.ToArray();
        random.Shuffle(deck);
        foreach (var fault in deck)
        {
            faults.Enqueue(fault);
        }
    }

    private ClusterOptions Options(string folder) => new(ClusterShape.Cluster, sweep, Path.Combine(root, folder), CheckpointSeconds, mark);
}
