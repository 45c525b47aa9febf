using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class ModeCompetition : IMetric
{
    /// <inheritdoc/>
    public string Name => "mode_competition";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Cross terms of the loss: -2 mean c_a b_b (u_teacher,b . u_a) of the network's mode a (`index`) and the teacher's mode b (`component` teacher0, ...). Where a and b differ, a mode has learned another one's part.";

    /// <inheritdoc/>
    public string Shape => "one a split, mode of the teacher and mode";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Modes * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.SelectMany(split =>
        {
            var terms = snapshot.Get(new LossParts(split.Name)).Competition();
            return Enumerable.Range(0, (int)terms.shape[2]).Select(mode => new MetricValues(split.Name, $"teacher{mode}", terms.select(2, mode)));
        });
}
