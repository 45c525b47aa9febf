using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LossBarrier : IMetric
{
    /// <inheritdoc/>
    public string Name => "barrier";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => $"Largest rise of `path_loss` above the straight line between its ends, ends included, so that it is never negative; 0 is linearly connected (Yunis et al. 2024, section 5.2). {MemberPairs.Components}";

    /// <inheritdoc/>
    public string Shape => "one a split and pair of networks";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Lower;

    /// <inheritdoc/>
    public bool IsPerMember => false;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Branching.Groups.Length;

    /// <inheritdoc/>
    public string? Lacks(NetworkDeclaration networks) => MemberPairs.Lacks(networks);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        MemberPairs.OnSplits(snapshot, (split, pair) => PathLosses.Barrier(snapshot.Get(new PathLosses(split, pair)), isInterior: false));
}
