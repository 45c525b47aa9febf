using Sweeper.Core.Measurements;
using Xunit;

namespace Sweeper.Training.Tests.Metrics;

/// <summary>
/// What a version of a metric means never changes: old rows stand for it. The committed files hold what every metric of every
/// experiment gave when its version was new.
/// </summary>
public sealed class MetricValueTests
{
    public static TheoryData<string> Experiments => SmallNetworks.Experiments;

    [Theory, MemberData(nameof(Experiments))]
    public void A_metric_of_a_version_gives_the_values_it_always_gave(string experiment)
    {
        var work = SmallNetworks.Work(experiment);
        var versions = SmallNetworks.Of(work).ToDictionary(metric => metric.Name, metric => metric.Version);
        List<SeriesSum> measured = [.. TestPacks.Run(work).Blocks.Select(block => SeriesSum.Of(block, versions[block.Series.Metric]))];
        Assert.Equal(versions.Keys.Order(), measured.Select(sum => MetricOf(sum)).Distinct().Order());

        var file = $"tests/Sweeper.Training.Tests/Metrics/values/{experiment}.txt";
        // Other last digits are no other values: approving leaves them as they are.
        var committed = Approved.Read(file, () => string.Concat(measured.Select(sum => $"{sum}\n")), text => Changed(text).Count == 0);
        var changed = Changed(committed);
        Assert.True(
            changed.Count == 0,
            $"{string.Join(", ", changed)}: other values than committed. Raise the version of what means something else now; with "
            + $"SWEEPER_APPROVE=1 this test writes {file} anew");

        List<string> Changed(string text)
        {
            var old = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SeriesSum.Parse).ToList();
            return
            [
                .. measured.Where(sum => !old.Any(sum.Agrees))
                    .Concat(old.Where(sum => !measured.Any(sum.Agrees))).Select(MetricOf).Distinct(),
            ];
        }
    }

    [Theory, MemberData(nameof(Experiments))]
    public void A_metric_has_as_many_values_as_it_declares(string experiment)
    {
        var work = SmallNetworks.Work(experiment);
        var declared = SmallNetworks.Of(work).Select(metric => (metric.Name, metric.RowsPerSnapshot(work.Statics)));
        var blocks = TestPacks.Run(work).Blocks;
        var measured = blocks.GroupBy(block => block.Series.Metric, (name, blocks) => (name, blocks.Sum(Width)));
        Assert.Equal(declared.Order(), measured.Order());
        Assert.Empty(blocks.Select(block => block.Series.Split).Except([.. work.Statics.Experiment.Splits, ""]));

        static long Width(MeasurementBlock block) => block.Width;
    }

    private static string MetricOf(SeriesSum sum) => sum.Series.Split('\t')[0];
}
