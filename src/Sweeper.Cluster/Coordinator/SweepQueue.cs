using System.Collections.Immutable;
using Sweeper.Cluster.Status;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

/// <summary>The sweeps of a coordinator, in the order in which they came, and who asked for them.</summary>
internal sealed class SweepQueue
{
    private readonly List<SweepHost> open = [];
    private readonly Dictionary<string, (Submission Submission, SweepHost Host)> asked = [];
    private readonly Dictionary<string, SweepStatus> ended = [];
    private readonly List<Submission> aside = [];
    private SweepHost? servedLast;

    /// <summary>Sweeps whose folder is open.</summary>
    public IReadOnlyList<SweepHost> Open => open;

    /// <summary>What is asked for and has not ended.</summary>
    public ImmutableArray<Submission> Submissions => [.. aside, .. asked.Values.Select(entry => entry.Submission)];

    /// <summary>The open sweep with this key, or null.</summary>
    public SweepHost? Find(string key) => open.Find(host => host.Session.Key == key);

    /// <summary>The open sweep of a submission, or null.</summary>
    public SweepHost? Of(string submission) => asked.TryGetValue(submission, out var entry) ? entry.Host : null;

    /// <summary>How the sweep of a submission ended, or null.</summary>
    public SweepStatus? EndOf(string submission) => ended.GetValueOrDefault(submission);

    /// <summary>Whether a submission was accepted before.</summary>
    public bool Knows(string submission) => asked.ContainsKey(submission) || ended.ContainsKey(submission);

    /// <summary>A new sweep.</summary>
    public void Add(Submission submission, SweepHost host)
    {
        open.Add(host);
        Join(submission, host);
    }

    /// <summary>What an earlier coordinator accepted and this one cannot open yet.</summary>
    public ImmutableArray<Submission> Aside => [.. aside];

    /// <summary>It cannot be opened yet.</summary>
    public void SetAside(Submission submission) => aside.Add(submission);

    /// <summary>Somebody else asks for a sweep that is open.</summary>
    public void Join(Submission submission, SweepHost host)
    {
        aside.RemoveAll(other => other.Id == submission.Id);
        asked.Add(submission.Id, (submission, host));
    }

    /// <summary>A sweep's folder is released: of it stays what is told to those who ask.</summary>
    public void Close(SweepHost host)
    {
        foreach (var submission in asked.Where(pair => pair.Value.Host == host).Select(pair => pair.Key).ToList())
        {
            asked.Remove(submission);
            ended.Add(submission, host.Report(submission, _ => null));
        }

        open.Remove(host);
    }

    /// <summary>The lease that a worker holds, with its sweep; or null.</summary>
    public (SweepHost Host, Lease Lease)? HeldBy(string worker)
    {
        foreach (var host in open)
        {
            if (host.Session.Ledger.LeaseOf(worker) is { } lease)
            {
                return (host, lease);
            }
        }

        return null;
    }

    /// <summary>Open sweeps, beginning behind the one that was served last.</summary>
    public IEnumerable<SweepHost> InTurn()
    {
        var first = servedLast is null ? 0 : open.IndexOf(servedLast) + 1;
        return [.. open.Skip(first), .. open.Take(first)];
    }

    /// <summary>A worker got a pack of this sweep.</summary>
    public void Served(SweepHost host) => servedLast = host;
}
