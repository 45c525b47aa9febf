using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class PathLoss : IMetric
{
    /// <inheritdoc/>
    public string Name => "path_loss";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => $"The reported loss at 11 evenly spaced points of the straight line between two networks of a trial, all parameters interpolated: index 0 is the first network, 10 the second (linear mode connectivity: Yunis et al. 2024, section 5.2). {MemberPairs.Components}";

    /// <inheritdoc/>
    public string Shape => "one a split, pair of networks and point of the line";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Lower;

    /// <inheritdoc/>
    public bool IsPerMember => false;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Branching.Groups.Length * PathLosses.Points;

    /// <inheritdoc/>
    public string? Lacks(NetworkDeclaration networks) => MemberPairs.Lacks(networks);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        MemberPairs.OnSplits(snapshot, (split, pair) => snapshot.Get(new PathLosses(split, pair)));
}
