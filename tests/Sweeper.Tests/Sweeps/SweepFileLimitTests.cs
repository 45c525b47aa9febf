using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>What would take hours or gigabytes is refused before it is begun.</summary>
public sealed class SweepFileLimitTests
{
    private const string Head = "sweep: a\nexperiment: toy\n";

    [Theory]
    [InlineData(
        "fixed: { steps: 2000000000 }\nmeasure: [ { at: { every: 1 }, metrics: [loss] } ]", "4:18",
        "training to step 2000000000 is measured at about 2000000002 steps",
        "at most: measure less often, for example at { every: 2000000 }")]
    [InlineData(
        "grid: { steps: { linspace: [100000, 500000, 5] } }\nmeasure: [ { at: { every: 1 }, metrics: [loss] } ]", "4:18",
        "4 lengths of training are measured at more than 1000000 steps together", "1000000 steps at most")]
    [InlineData("grid: { noise: { linspace: [0, 1, 1e9] } }", "3:35", "the count of 'linspace' is 1000000000", "from 0 to 100000")]
    [InlineData("grid: { noise: { range: [0, 1, 1e-300] } }", "3:25", "this range has more than 10^18 values", "at most 100000")]
    [InlineData(
        "grids: [ { grid: { noise: linspace(0, 1, 99999) } }, { grid: { noise: linspace(0, 1, 99999), lr: linspace(0, 1, 99999) } }, { "
        + "zip: [ { noise: linspace(0, 1, 99999), lr: linspace(0, 1, 99999), weight_decay: linspace(0, 1, 99999) } ] }, { grid: { "
        + "noise: linspace(0, 1, 99999), lr: linspace(0, 1, 99999), weight_decay: linspace(0, 1, 99999) } }, { grid: { noise: linspace(0, "
        + "1, 99999), lr: linspace(0, 1, 99999), depth: [2] } } ]",
        "3:411", "the axes of the sweep have more than 1000000 values, those of all grids together", "fewer grids")]
    [InlineData("seeds: 1e12", "3:8", "is 1000000000000", "from 1 to 1000000")]
    [InlineData("seeds: 0..999999999999", "3:8", "1000000000000 seeds are too many", "at most 1000000")]
    [InlineData("fixed: { depth: [[[[[[[[[[[[[2]]]]]]]]]]]]] }", "3:28", "nested too deeply", "list of lists")]
    public void A_limit_is_said_with_place_and_remedy(string body, string place, string problem, string remedy)
    {
        SweepFault.Check(() => FakeCatalog.Plan(Head + body), $"toy.yaml:{place}\n", problem, remedy);
    }

    [Theory]
    [InlineData(
        "linspace: [0, 1, 9000]", "optimizer == gd", 40, "40 conditions and grids would be held against 90000000 combinations",
        "join conditions")]
    public void A_sweep_whose_conditions_would_take_hours_is_refused(
        string axis, string condition, int conditions, string problem, string remedy)
    {
        var exclude = string.Join(", ", Enumerable.Repeat($"\"{condition}\"", conditions));
        SweepFault.Check(
            () => FakeCatalog.Plan($"{Head}grid: {{ noise: {{ {axis} }}, lr: {{ linspace: [0, 1, 10000] }} }}\nexclude: [ {exclude} ]"),
            "toy.yaml:2:13\n", problem, remedy);
    }

    [Fact]
    public void A_sweep_that_fits_into_no_message_is_refused_unless_its_axes_are_generated()
    {
        var numbers = string.Join(", ", Enumerable.Range(0, 20_000).Select(number => number * number));
        SweepFault.Check(
            () => FakeCatalog.Plan($"{Head}grid: {{ lr: [{numbers}] }}"), "toy.yaml:2:13\n", "kB with all of its values written out",
            "linspace(..)");
        foreach (var generator in (string[])["linspace: [0, 1, 20000]", "geomspace: [1e-4, 0.1, 3000]", "range: [0, 20000, 1]"])
        {
            var plan = FakeCatalog.Plan($"{Head}grid: {{ lr: {{ {generator} }} }}");
            Assert.Equal(plan.Hash, SweepPlan.Parse(plan.ResolvedText, FakeCatalog.Instance).Hash);
        }
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var large = Path.Combine(folder.FullName, "large.yaml");
            using (var file = File.Create(large))
            {
                file.SetLength(50_000_000);
            }

            SweepFault.Check(() => SweepFile.Load(large, SweepOverrides.None), large, "the sweep file has 50.0 MB", "at most 4 MB");
            SweepFault.Check(
                () => SweepFile.Load("/dev/zero", SweepOverrides.None), "/dev/zero", "the sweep file has more than 4 MB", "at most 4 MB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
