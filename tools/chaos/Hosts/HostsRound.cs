using System.Diagnostics;
using Sweeper.Chaos.Checks;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;
using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Chaos.Hosts;

/// <summary>One sweep on several hosts, one fault after the other while it is trained, its end, and what is then found.</summary>
internal sealed class HostsRound(HostsCluster cluster, HostsTally tally, Random random)
{
    /// <summary>After the end of a fault all whom it met are at work again within this.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>Towards the end there is not work for all, and nothing to be seen of who would do it.</summary>
    private const double WorthStriking = 0.8;

    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly List<string> complaints = [];

    /// <summary>All of it; what was found wrong, and how long the sweep took.</summary>
    public async Task<RoundResult> RunAsync(Queue<IHostFault> faults, Reference reference)
    {
        var clock = Stopwatch.StartNew();
        using var over = new CancellationTokenSource();
        _ = cluster.Done.ContinueWith(_ => over.Cancel(), TaskScheduler.Default);
        await cluster.StartAsync();
        await ChaosCluster.AwaitAsync(() => Committed() > 0, Patience);
        while (faults.Count > 0 && !cluster.Done.IsCompleted && Committed() < WorthStriking)
        {
            await Wait.ForAsync(Gap * (1 + random.NextDouble()), over.Token);
            await StrikeAsync(faults.Dequeue(), over.Token);
        }

        var ended = await Task.WhenAny(cluster.Done, Task.Delay(Patience + reference.Took * 3)) == cluster.Done;
        var took = clock.Elapsed;
        if (!ended)
        {
            complaints.Add(
                $"the sweep was not done {(Patience + reference.Took * 3).TotalMinutes:F0} minutes after the last "
                + $"fault: {cluster.LastWords}");
        }

        await cluster.StopAsync();
        complaints.AddRange(ended ? FolderCheck.Of(cluster.Options.SweepFolder, reference.Folder) : []);
        complaints.AddRange(cluster.Problems);
        complaints.AddRange(Orphans.Find(cluster.Options.Mark).Select(process => $"process {process} was left behind"));
        return new RoundResult(took, complaints);
    }

    private async Task StrikeAsync(IHostFault fault, CancellationToken over)
    {
        var met = await fault.StrikeAsync(cluster, random, over);
        var workers = cluster.Workers.Where(worker => met.Contains(worker.Host)).Select(worker => worker.Name).ToList();
        var recovery = await Recovery.AwaitAsync(cluster, workers, Bound);
        tally.Add(fault.Name, recovery);
        if (recovery is null && !cluster.Done.IsCompleted && Committed() < WorthStriking)
        {
            complaints.Add(
                $"{Bound.TotalSeconds:0} s after '{fault.Name}' not all of {string.Join(", ", workers)} are at work "
                + $"again: {cluster.LastWords}");
        }
    }

    /// <summary>The share of trials that is committed.</summary>
    private double Committed()
    {
        var journal = Path.Combine(cluster.Options.SweepFolder, "journal.jsonl");
        var history = SweepHistory.Fold(File.Exists(journal) ? JournalReader.Read(cluster.Options.SweepFolder) : []);
        return history.Plan is { } plan ? (double)history.Trials.Count / plan.Trials : 0;
    }
}
