using System.Reflection;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Xunit;

namespace Sweeper.Training.Tests.Experiments;

public sealed class CatalogTests
{
    public static TheoryData<string> Experiments => [.. new ExperimentCatalog().All.Select(declared => declared.Name)];

    [Theory, MemberData(nameof(Experiments))]
    public void Defaults_of_a_version_never_change(string name)
    {
        var now = DefaultsSnapshot.Of(Declared(name));
        Assert.Equal(Approved.Read($"tests/Sweeper.Training.Tests/defaults/{name}.txt", () => now), now);
    }

    [Theory, MemberData(nameof(Experiments))]
    public void Every_experiment_is_documented_and_consistent(string name)
    {
        var declared = Declared(name);
        Assert.NotEmpty(declared.Doc);
        Assert.All(declared.Hyperparameters, hyperparameter => Assert.NotEmpty(hyperparameter.Doc));
        Assert.All(
            declared.Streams,
            stream => Assert.Equal(ValueKind.Integer, declared.Hyperparameters[declared.IndexOf(stream.SeedHyperparameter)].Kind));
        Assert.All(declared.DefaultMetrics, metric => Assert.Contains(declared.Metrics, known => known.Name == metric));
        Assert.Null(declared.BrokenBy(new Point(declared, [.. declared.Hyperparameters.Select(hyperparameter => hyperparameter.Default)])));
    }

    [Fact]
    public void Every_metric_is_documented_and_offered_by_an_experiment_under_a_name_of_its_own()
    {
        var offered = new ExperimentCatalog().All.SelectMany(declared => declared.Metrics).Select(metric => metric.Name).ToHashSet();
        Metric[] all =
        [
            .. typeof(Metric).Assembly.GetTypes().Where(type => type.Namespace == typeof(Metric).Namespace)
                .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public))
                .Where(property => property.PropertyType == typeof(Metric)).Select(property => (Metric)property.GetValue(null)!),
        ];
        Assert.Equal(offered.Count, all.Length);
        Assert.All(all, metric => Assert.NotEmpty(metric.Doc));
        Assert.All(all, metric => Assert.Contains(metric.Name, offered));
        Assert.Equal(all.Length, all.Select(metric => metric.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("teacher_spectrum", new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 })]
    [InlineData("train_examples", 11)]
    [InlineData("validation_examples", 11)]
    [InlineData("perturbation_step", 101)]
    public void Contradictions_name_the_hyperparameter(string hyperparameter, object value) =>
        Assert.Contains(
            hyperparameter, Assert.Throws<ArgumentException>(() => TestPacks.Point((hyperparameter, value))).Message,
            StringComparison.Ordinal);

    private static ExperimentDeclaration Declared(string name) => new ExperimentCatalog().All.Single(declared => declared.Name == name);
}
