using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LossBarrierInterior : IMetric
{
    /// <inheritdoc/>
    public string Name => "barrier_interior";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => $"As `barrier` without the two ends, as in the paper's code: negative where averaged networks are better than their ends. {MemberPairs.Components}";

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
        MemberPairs.OnSplits(snapshot, (split, pair) => PathLosses.Barrier(snapshot.Get(new PathLosses(split, pair)), isInterior: true));
}
