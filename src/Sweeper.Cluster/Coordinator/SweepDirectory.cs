using System.Collections.Immutable;
using Akka.Actor;
using Sweeper.Cluster.Status;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The sweeps of a coordinator, in the order in which they came, and who asked for them.</summary>
internal sealed class SweepDirectory
{
    private readonly List<KnownSweep> sweeps = [];
    private readonly Dictionary<string, SweepStatus> ended = [];
    private readonly List<Submission> aside = [];
    private KnownSweep? offeredLast;

    /// <summary>Those that run, or are being opened.</summary>
    public IReadOnlyList<KnownSweep> All => sweeps;

    /// <summary>What is asked for and has not ended.</summary>
    public ImmutableArray<Submission> Submissions => [.. aside, .. sweeps.SelectMany(sweep => sweep.Submissions)];

    /// <summary>What was accepted and cannot be opened at present.</summary>
    public ImmutableArray<Submission> Aside => [.. aside];

    /// <summary>By key, or null.</summary>
    public KnownSweep? Find(string key) => sweeps.Find(sweep => sweep.Key == key);

    /// <summary>The sweep of a submission, or null.</summary>
    public KnownSweep? Of(string submission) => sweeps.Find(sweep => sweep.Submissions.Any(one => one.Id == submission));

    /// <summary>The sweep that a worker has a pack of, or is being offered to; or null.</summary>
    public KnownSweep? With(string worker) =>
        sweeps.Find(sweep => sweep.Holders.Contains(worker)) ?? sweeps.Find(sweep => sweep.Offered.Contains(worker));

    /// <summary>How the sweep of a submission ended, or null.</summary>
    public SweepStatus? EndOf(string submission) => ended.GetValueOrDefault(submission);

    /// <summary>A new one.</summary>
    public void Add(KnownSweep sweep) => sweeps.Add(sweep);

    /// <summary>It is gone.</summary>
    public void Remove(KnownSweep sweep) => sweeps.Remove(sweep);

    /// <summary>It has ended: of it stays what is told to those who ask.</summary>
    public void End(KnownSweep sweep, SweepStatus status)
    {
        sweeps.Remove(sweep);
        foreach (var submission in sweep.Submissions)
        {
            ended[submission.Id] = status with { Submission = submission.Id };
        }
    }

    /// <summary>It cannot be opened yet.</summary>
    public void SetAside(Submission submission)
    {
        TakeUp(submission);
        aside.Add(submission);
    }

    /// <summary>It is tried (again).</summary>
    public void TakeUp(Submission submission) => aside.RemoveAll(other => other.Id == submission.Id);

    /// <summary>The next one to offer a worker, beginning after the one that was offered last; null where none has packs.</summary>
    public KnownSweep? Next(IReadOnlySet<string> tried)
    {
        var first = offeredLast is null ? 0 : sweeps.IndexOf(offeredLast) + 1;
        var next = sweeps.Skip(first).Concat(sweeps.Take(first)).FirstOrDefault(sweep => sweep.HasPacks && !tried.Contains(sweep.Key));
        offeredLast = next ?? offeredLast;
        return next;
    }
}

/// <summary>A sweep, as its coordinator sees it.</summary>
/// <param name="key">Key of plan and folder.</param>
/// <param name="name">Of the sweep.</param>
/// <param name="folder">Its results folder.</param>
internal sealed class KnownSweep(string key, string name, string folder)
{
    /// <summary>Key of plan and folder.</summary>
    public string Key => key;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its results folder.</summary>
    public string Folder => folder;

    /// <summary>Where it is.</summary>
    public IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <summary>Whether its folder is open.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Who asked for it.</summary>
    public List<Submission> Submissions { get; } = [];

    /// <summary>Who waits to hear whether it is accepted, and for which submission.</summary>
    public List<(IActorRef Client, string Submission)> Clients { get; } = [];

    /// <summary>Packs that it could give, as last told.</summary>
    public int Pending { get; set; }

    /// <summary>Workers that were offered, and that it has not answered about.</summary>
    public HashSet<string> Offered { get; } = [];

    /// <summary>Workers that have a pack of it.</summary>
    public HashSet<string> Holders { get; } = [];

    /// <summary>Whether it has more packs than it is being offered workers.</summary>
    public bool HasPacks => IsOpen && Pending > Offered.Count;
}
