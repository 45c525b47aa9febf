using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Core.Journal;

namespace Sweeper.Preflight;

/// <summary>What of the findings on a cluster will not do.</summary>
internal static class ClusterVerdict
{
    /// <summary>Clocks that differ by more make logs of nodes hard to compare; nothing depends on them.</summary>
    public static readonly TimeSpan NotableSkew = TimeSpan.FromSeconds(2);

    private const int Named = 3;

    /// <summary>All that will not do, and what to do about it; empty: all is well.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="gpus">GPUs that each node should have; null: any number.</param>
    /// <param name="isMixed">Whether nodes may compute with different numbers.</param>
    /// <param name="refusal">Why a sweep that was begun is not trained with such numbers; null: there is none, or it would be.</param>
    public static ImmutableArray<NodeFault> Of(
        ClusterDoctor.Findings found, int? gpus, bool isMixed, Func<string, NumericsRefusal?>? refusal = null)
    {
        var faults = ImmutableArray.CreateBuilder<NodeFault>();
        faults.AddRange(
            from node in found.Nodes
            from fault in node.Faults
            select fault with { Problem = $"{node.Node}: {fault.Problem}" });
        Differing("versions of Sweeper", node => node.Sweeper, "Install one version on a folder that all nodes see.");
        if (!isMixed)
        {
            Differing("kinds of numbers", node => string.Join(" and ", node.Numerics),
                "Workers of all kinds but one would wait. Ask for nodes of one kind (--constraint), "
                + "set MKL_CBWR=COMPATIBLE for AMD beside Intel, or allow it with --mixed.");
        }

        faults.AddRange(
            from node in found.Nodes
            where refusal is not null && !node.Numerics.IsEmpty
            let refusals = node.Numerics.Select(refusal!).ToList()
            where refusals.TrueForAll(one => one is not null)
            group node.Node by refusals[0] into alike
            select new NodeFault($"{Some([.. alike])} {alike.Key.Problem}", alike.Key.Remedy));

        if (gpus is { } wanted)
        {
            faults.AddRange(
                from node in found.Nodes
                let here = node.Devices.Count(device => device != "cpu")
                where here < wanted && !node.Devices.IsEmpty
                select new NodeFault(
                    $"{node.Node} has {here} of {wanted} GPUs",
                    "`sweeper doctor` there says which libtorch is used; the README's section \"A GPU\" how to get one with CUDA."));
        }

        Folder(found, faults);
        faults.AddRange(found.Nodes.Zip(found.Trials).Where(pair => !pair.Second.Unreachable.IsEmpty)
            .Select(pair => new NodeFault(
                $"{pair.First.Node} does not reach {Some(pair.Second.Unreachable)}",
                "Have the network between nodes open, or name an address that is: --bind and --advertise of "
                + "coordinator, workers and doctor.")));
        return faults.ToImmutable();

        void Differing(string what, Func<NodeFacts, string> of, string remedy)
        {
            var groups = found.Nodes.Where(node => of(node).Length > 0).GroupBy(of).ToList();
            if (groups.Count > 1)
            {
                var kinds = groups.Select(group => $"{group.Key} on {string.Join(", ", group.Select(node => node.Node))}");
                faults.Add(new NodeFault($"{what} differ: {string.Join("; ", kinds)}", remedy));
            }
        }
    }

    private static string Some(ImmutableArray<string> nodes) =>
        string.Join(", ", nodes.Take(Named)) + (nodes.Length > Named ? $" and {nodes.Length - Named} others" : "");

    /// <summary>Clocks that are worth a word.</summary>
    public static IEnumerable<string> Notes(ImmutableArray<NodeFacts> nodes) => nodes
        .Where(node => Math.Abs(node.Skew) > NotableSkew.TotalSeconds)
        .Select(node => string.Create(CultureInfo.InvariantCulture,
            $"the clock of {node.Node} differs from the shared folder's by {node.Skew:0.0} s: times in logs do, too, results do not"));

    private static void Folder(ClusterDoctor.Findings found, ImmutableArray<NodeFault>.Builder faults)
    {
        const string Remedy = "Name a folder on another file system with --results, or have this one mounted with what is missing.";
        var claims = found.Trials.SelectMany(trial => trial.Claims).ToList();
        if (claims.Count != claims.Distinct().Count())
        {
            faults.Add(new NodeFault(
                "the shared folder let two nodes make the same file exclusively: two coordinators could write at once", Remedy));
        }

        faults.AddRange(Nodes(trial => !trial.WasLockedOut).Select(node => new NodeFault(
            $"{node} could take a lock that {found.Nodes[0].Node} held: locks of the shared folder do not reach other nodes",
            "Have it mounted with locks (Lustre: -o flock; NFS: without nolock and local_lock), or name another folder with --results.")));
        faults.AddRange(Nodes(trial => trial.Renames is null).Select(node => new NodeFault(
            $"{node} did not see the files that {found.Nodes[0].Node} renamed, or not whole", Remedy)));
        if (!found.IsLockFreed)
        {
            faults.Add(new NodeFault("a lock that a node gave up was not given to another one", Remedy));
        }

        IEnumerable<string> Nodes(Func<NodeTrials, bool> which) => found.Nodes.Zip(found.Trials).Where(pair => which(pair.Second))
            .Select(pair => pair.First.Node);
    }
}
