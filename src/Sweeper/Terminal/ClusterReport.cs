using System.Globalization;
using Sweeper.Preflight;

namespace Sweeper.Terminal;

/// <summary>Nodes of a cluster, as `doctor --cluster` shows them.</summary>
internal static class ClusterReport
{
    /// <summary>A table with a row for each node, and what holds for all.</summary>
    public static void Write(TextWriter output, ClusterDoctor.Findings found, string shared)
    {
        TextTable.Write(output, ["node", "address", "cores", "memory", "devices", "sweeper", "libtorch", "clock", "reaches", "renames"],
            found.Nodes.Zip(found.Trials).Select(pair => Row(pair.First, pair.Second, found.Nodes.Length)));
        output.WriteLine();
        foreach (var kind in found.Nodes.GroupBy(node => string.Join(" and ", node.Numerics)).Where(kind => kind.Key.Length > 0))
        {
            output.WriteLine($"numbers of {Quantity.Count(kind.Count(), "node")}: {kind.Key}");
        }

        output.WriteLine($"shared folder {shared}: {Quantity.Bytes(found.Nodes.Min(node => node.Free))} free");
        foreach (var note in ClusterVerdict.Notes(found.Nodes))
        {
            output.WriteLine($"note: {note}");
        }
    }

    private static string[] Row(NodeFacts node, NodeTrials trials, int nodes) =>
    [
        node.Node,
        string.Create(CultureInfo.InvariantCulture, $"{node.Address}:{node.Port}"),
        node.Processors.ToString(CultureInfo.InvariantCulture),
        node.Memory is { } bytes ? Quantity.Bytes(bytes) : "?",
        node.Gpus is [var first, ..] && node.Devices.Any(device => device != "cpu")
            ? $"{node.Devices.Length} x {(node.Gpus.All(gpu => gpu == first) ? first : string.Join(" / ", node.Gpus.Distinct()))}"
            : string.Join(' ', node.Devices.DefaultIfEmpty("none")),
        node.Sweeper,
        node.Libtorch.Length > 0 ? node.Libtorch : "does not load",
        string.Create(CultureInfo.InvariantCulture, $"{node.Skew:+0.0;-0.0;0.0} s"),
        $"{nodes - trials.Unreachable.Length} of {nodes}",
        trials.Renames is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : "not seen",
    ];
}
