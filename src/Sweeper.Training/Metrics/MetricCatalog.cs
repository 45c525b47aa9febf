using System.Collections.Frozen;
using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Training.Metrics;

/// <summary>All metrics of this assembly.</summary>
internal static class MetricCatalog
{
    /// <summary>By name.</summary>
    public static FrozenDictionary<string, IMetric> All { get; } = typeof(MetricCatalog).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMetric)))
        .Select(type => (IMetric)Activator.CreateInstance(type)!)
        .ToFrozenDictionary(metric => metric.Name);

    /// <summary>Declarations of some metrics for an experiment whose networks have these shapes.</summary>
    public static ImmutableArray<MetricDeclaration> Declare(Func<Point, NetworkShape> shape, params ReadOnlySpan<string> names)
    {
        var declared = ImmutableArray.CreateBuilder<MetricDeclaration>(names.Length);
        foreach (var name in names)
        {
            var metric = All[name];
            declared.Add(new MetricDeclaration(metric.Name, metric.Version, metric.Doc, point => metric.Rows(shape(point))));
        }

        return declared.MoveToImmutable();
    }
}
