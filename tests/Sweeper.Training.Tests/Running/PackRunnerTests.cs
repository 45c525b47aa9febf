using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Training.Tests.Running;

public sealed class PackRunnerTests
{
    [Fact]
    public void A_pack_trains_and_reports_every_metric_of_the_experiment()
    {
        var measured = new Measured();
        string[] metrics = ["loss", "relative_loss", "mode_strength", "alignment_left", "alignment_right", "singular_values", "effective_rank", "normalised_effective_rank", "weight_norm"];
        var point = TestPacks.Point(("steps", 2000), ("learning_rate", 1e-4));
        var work = TestPacks.Pack([TestPacks.Trial(point, 0), TestPacks.Trial(point, 1)], 4, metrics, 0, 2000);
        var outcome = new PackRunner().Run(work, measured, TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Diverged);
       
    }
}
