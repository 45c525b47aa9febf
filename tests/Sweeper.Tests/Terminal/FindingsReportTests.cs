using Sweeper.Inspecting;
using Sweeper.Terminal;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Terminal;

/// <summary>What `run` says of the points when it is done.</summary>
public sealed class FindingsReportTests
{
    [Fact]
    public void No_point_is_the_best_by_a_metric_of_which_no_values_are_better()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        using var output = new StringWriter();
        FindingsReport.Write(output, new OpenedFolder(folder.Path, plan, []));
        Assert.StartsWith(
            "no point is the best one: of loss, neither high nor low values are better\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("next    sweeper summary", output.ToString(), StringComparison.Ordinal);
    }
}
