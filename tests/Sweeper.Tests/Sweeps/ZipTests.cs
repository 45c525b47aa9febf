using Sweeper.Core.Errors;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class ZipTests
{
    [Fact]
    public void A_zip_of_unequal_lengths_names_both_lengths()
    {
        var fault = Assert.Throws<SweepException>(() => FakeCatalog.Plan(
            "sweep: zipped\nexperiment: toy\nzip:\n  - { lr: [1, 2, 3], depth: [2, 4] }"));
        Assert.Contains("'depth' has 2 values and 'lr' has 3", fault.Message, StringComparison.Ordinal);
    }
}
