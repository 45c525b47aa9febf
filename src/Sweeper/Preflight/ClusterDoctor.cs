using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sweeper.Cluster.Hosting;
using Sweeper.Results.Files;

namespace Sweeper.Preflight;

/// <summary>`doctor --cluster`: one process on each node looks at its node, then all try folder and network together.</summary>
internal static class ClusterDoctor
{
    private const int Claims = 20;
    private const int Renames = 20;
    private static readonly TimeSpan ForOthers = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ForRenames = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ForLock = TimeSpan.FromSeconds(10);

    /// <summary>What was found.</summary>
    /// <param name="Nodes">Of each node, in the order in which they came.</param>
    /// <param name="Trials">What each found with the others.</param>
    /// <param name="IsLockFreed">Whether a lock that one node gave up could be taken by another.</param>
    /// <param name="IsFirst">Whether this process is the one that tells people.</param>
    internal sealed record Findings(ImmutableArray<NodeFacts> Nodes, ImmutableArray<NodeTrials> Trials, bool IsLockFreed, bool IsFirst);

    /// <summary>Looks; returns the same on every node.</summary>
    /// <param name="shared">The shared folder; exists.</param>
    /// <param name="name">Name of this look, the same on all nodes.</param>
    /// <param name="count">Nodes.</param>
    /// <param name="place">Where this node listens, and others call it.</param>
    public static async Task<Findings> LookAsync(string shared, string name, int count, NodeListener place)
    {
        var meeting = Meeting.Join(Path.Combine(shared, $".sweeper-doctor-{name}"), count, ForOthers);
        using var greeter = new Greeter(place, Greeting(name, meeting.Place));
        var isFirst = meeting.Place == 0;
        var lockPath = Path.Combine(meeting.Folder, "lock");
        var held = isFirst ? SecretFile.Lock(lockPath) : null;
        try
        {
            meeting.Say("facts", NodeProbe.Look(meeting.Folder, greeter));
            var nodes = meeting.HearAll<NodeFacts>("facts");
            if (isFirst)
            {
                Rename(meeting.Folder);
            }

            meeting.Say("trials", new NodeTrials(
                [.. Enumerable.Range(0, Claims).Where(claim => Meeting.Claim(Path.Combine(meeting.Folder, $"claim.{claim}")))],
                !CanLock(lockPath), SeeRenames(meeting.Folder), await VisitAsync(name, nodes)));
            var trials = meeting.HearAll<NodeTrials>("trials");
            held?.Dispose();
            held = null;
            if (isFirst)
            {
                meeting.Say("unlocked", true);
            }

            var last = nodes.Length - 1;
            _ = meeting.HearOne<bool>("unlocked", 0);
            if (meeting.Place == last)
            {
                meeting.Say("locked", Soon(ForLock, () => CanLock(lockPath)));
            }

            var isFreed = meeting.HearOne<bool>("locked", last);
            meeting.Leave();
            return new Findings([.. nodes], [.. trials], isFreed, isFirst);
        }
        finally
        {
            held?.Dispose();
        }
    }

    private static string Greeting(string name, int place) => string.Create(CultureInfo.InvariantCulture, $"sweeper doctor {name} {place}");

    private static bool CanLock(string path)
    {
        try
        {
            SecretFile.Lock(path).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Gives a file one content after the other, each in one step.</summary>
    private static void Rename(string folder)
    {
        var path = RenamedFile(folder);
        for (var content = 1; content <= Renames; content++)
        {
            var bytes = new byte[4096];
            Array.Fill(bytes, (byte)content);
            DurableFile.Replace(path, $"{path}.new", stream => stream.Write(bytes));
        }
    }

    /// <summary>Looks until the last content is there; every one before must have been whole.</summary>
    private static double? SeeRenames(string folder)
    {
        var clock = Stopwatch.StartNew();
        var isWhole = true;
        var isSeen = Soon(ForRenames, () =>
        {
            if (!Directory.EnumerateFiles(folder, Path.GetFileName(RenamedFile(folder))).Any())
            {
                return false;
            }

            var bytes = File.ReadAllBytes(RenamedFile(folder));
            isWhole &= bytes.Length == 4096 && bytes.AsSpan().IndexOfAnyExcept(bytes[0]) < 0;
            return !isWhole || bytes[0] == Renames;
        });
        return isSeen && isWhole ? clock.Elapsed.TotalSeconds : null;
    }

    private static string RenamedFile(string folder) => Path.Combine(folder, "renamed");

    private static async Task<ImmutableArray<string>> VisitAsync(string name, NodeFacts[] nodes)
    {
        var visits = await Task.WhenAll(nodes.Select((node, place) => Greeter.VisitAsync(node.Address, node.Port, Greeting(name, place))));
        return [.. visits.Select((why, place) => why is null ? null
            : $"{nodes[place].Node} at {nodes[place].Address}:{nodes[place].Port} ({why})").OfType<string>()];
    }

    private static bool Soon(TimeSpan patience, Func<bool> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            if (clock.Elapsed > patience)
            {
                return false;
            }

            Thread.Sleep(20);
        }

        return true;
    }
}
