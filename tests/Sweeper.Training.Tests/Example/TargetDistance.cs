using Sweeper.Training.Metrics;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Tests.Example;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class TargetDistance : IMetric
{
    public string Name => "target_distance";

    public int Version => 1;

    public string Doc => "Euclidean distance of the network's weights from the target's.";

    public string Shape => "one";

    public long Rows(NetworkShape shape) => 1;

    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot)
    {
        var target = snapshot.Program.Teacher!.Parameters.Flat;
        return [new MetricValues("", "", (snapshot.Parameters.Flat.to(target.dtype) - target).square().sum(1).sqrt())];
    }
}
