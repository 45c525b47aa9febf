using System.Globalization;
using Sweeper.Chaos.Processes;

namespace Sweeper.Chaos.Rounds;

/// <summary>What the processes of a cluster are started with.</summary>
/// <param name="Shape">Which processes.</param>
/// <param name="Sweep">What they train.</param>
/// <param name="Folder">A folder of its own.</param>
/// <param name="CheckpointSeconds">Wall time after which packs pause.</param>
/// <param name="Mark">Mark of the campaign (<see cref="Orphans"/>).</param>
internal sealed record ClusterOptions(ClusterShape Shape, SweepFile Sweep, string Folder, double CheckpointSeconds, string Mark)
{
    /// <summary>Workers of a cluster.</summary>
    public const int Workers = 3;

    /// <summary>Variables of all processes.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables =>
    [
        new(Orphans.Variable, Mark),
        new("SWEEPER_CHECKPOINT_SECONDS", CheckpointSeconds.ToString(CultureInfo.InvariantCulture)),
        .. Temporary is { } folder ? (KeyValuePair<string, string>[])[new("TMPDIR", folder)] : [],
        .. Messages is { } faults ? (KeyValuePair<string, string>[])[new("SWEEPER_MESSAGE_FAULTS", faults)] : [],
    ];

    /// <summary>Loss and duplication of messages, or null for none.</summary>
    public string? Messages { get; init; }

    /// <summary>Which process has a clock that can be set, or null.</summary>
    public Role? Skewed { get; init; }

    /// <summary>Where temporary files go; null: where they usually do.</summary>
    public string? Temporary { get; init; }

    /// <summary>Where results go.</summary>
    public string Results => Path.Combine(Folder, "results");

    /// <summary>Where the coordinator publishes its address: beside the results, as by default.</summary>
    public string ClusterFile => Path.Combine(Results, "cluster.json");

    /// <summary>The results folder of the sweep.</summary>
    public string SweepFolder => Path.Combine(Results, Sweep.Name);
}
