using System.Collections.Concurrent;
using System.Diagnostics;
using Sweeper.Chaos.Checks;
using Sweeper.Chaos.Faults;
using Sweeper.Chaos.Processes;

namespace Sweeper.Chaos.Rounds;

/// <summary>One sweep in a new folder, faults while it is trained, its end, and what is then found.</summary>
internal sealed class Round
{
    private const int DiskTrouble = 5;
    private static readonly TimeSpan Striking = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortestGap = TimeSpan.FromSeconds(1);

    private readonly Tally tally;
    private readonly List<string> complaints = [];
    private readonly ConcurrentDictionary<IFault, bool> met = new();
    private int files;
    private int diskComplaints;

    public Round(ClusterOptions options, Tally tally, Random random)
    {
        this.tally = tally;
        Random = random;
        Directory.CreateDirectory(options.Folder);
        Disk = OwnMounts.Lack is null ? new TemporaryDisk(options.Results) : null;
        Cluster = new ChaosCluster(options, CountDiskTrouble);
    }

    /// <summary>The processes.</summary>
    public ChaosCluster Cluster { get; }

    /// <summary>Where all is drawn from.</summary>
    public Random Random { get; }

    /// <summary>The disk with the results; null where none can be made.</summary>
    public TemporaryDisk? Disk { get; }

    /// <summary>Whether it is full now.</summary>
    public bool IsDiskFull { get; set; }

    /// <summary>Processes that ended because of the disk.</summary>
    public int DiskComplaints => diskComplaints;

    /// <summary>How far the sweep is.</summary>
    public string State => SweepState.Describe(Cluster.Options.SweepFolder);

    /// <summary>Whether the sweep is nearer to its end than to its beginning.</summary>
    public bool IsLate => SweepState.IsLate(Cluster.Options.SweepFolder);

    /// <summary>Processes of a role that are there and that no fault is at work on.</summary>
    public List<Member> Free(Role role) => [.. Cluster.Of(role).Where(member => member is { IsBusy: false, Process: not null })];

    /// <summary>So many of them.</summary>
    public List<Member> Pick(IReadOnlyCollection<Member> free, int count)
    {
        var drawn = free.ToArray();
        Random.Shuffle(drawn);
        return [.. drawn.Take(count)];
    }

    /// <summary>A path for something that a fault needs.</summary>
    public string NewFile(string name) => Path.Combine(Cluster.Options.Folder, $"{name}-{files++}");

    /// <summary>A fault falls, now or in the state that is given.</summary>
    public void Fell(IFault fault, string? state = null)
    {
        met[fault] = true;
        tally.Add(fault.Name, state ?? State);
    }

    /// <summary>Whether a fault has fallen in this round.</summary>
    public bool HasMet(IFault fault) => met.ContainsKey(fault);

    /// <summary>Something is not as promised.</summary>
    public void Complain(string complaint)
    {
        lock (complaints)
        {
            complaints.Add(complaint);
        }
    }

    /// <summary>All of it; what was found wrong, and how long the sweep took.</summary>
    public async Task<RoundResult> RunAsync(Deck deck, Reference reference)
    {
        var clock = Stopwatch.StartNew();
        var strikes = new List<Task<bool>>();
        using var over = new CancellationTokenSource();
        await Cluster.StartAsync();

        // Where all is slow faults are rarer, so that there is something for them to fall on.
        while (clock.Elapsed < Striking && !await IsDoneWithinAsync(ShortestGap + reference.Took * (Random.NextDouble() / 5)))
        {
            if (deck.Draw(fault => fault.Lack is null && fault.Fits(this)) is { } fault)
            {
                strikes.Add(fault.StrikeAsync(this, over.Token));
            }
        }

        var patience = Patience + reference.Took * 6;
        var ended = await IsDoneWithinAsync(patience);
        var took = clock.Elapsed;
        await over.CancelAsync();
        await Task.WhenAll(strikes);
        await Cluster.StopAsync();
        if (!ended)
        {
            Complain(
                $"the sweep was not done {patience.TotalMinutes:F0} minutes after the last "
                + $"fault: {string.Join("; ", Cluster.Members.Select(member => $"{member.Name}: {member.LastWords}"))}");
        }
        else
        {
            complaints.AddRange(FolderCheck.Of(Cluster.Options.SweepFolder, reference.Folder));
        }

        complaints.AddRange(Cluster.Problems);
        complaints.AddRange(Orphans.Find(Cluster.Options.Mark).Select(process => $"process {process} was left behind"));
        if (complaints.Count == 0)
        {
            Disk?.Dispose();
            Directory.Delete(Cluster.Options.Folder, recursive: true);
        }
        else
        {
            Disk?.Keep(Path.Combine(Cluster.Options.Folder, "kept"));
        }

        return new RoundResult(took, complaints);
    }

    private async Task<bool> IsDoneWithinAsync(TimeSpan time) => await Task.WhenAny(Cluster.Done, Task.Delay(time)) == Cluster.Done;

    private void CountDiskTrouble(int exit)
    {
        if (IsDiskFull && exit == DiskTrouble)
        {
            Interlocked.Increment(ref diskComplaints);
        }
    }
}
