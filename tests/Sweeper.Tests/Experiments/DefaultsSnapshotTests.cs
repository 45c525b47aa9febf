using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Experiments;

public sealed class DefaultsSnapshotTests
{
    [Fact]
    public void A_snapshot_names_every_kind_binding_and_default()
    {
        Assert.Equal(
            """
            toy 1
            bias Flag Static false
            depth Integer Static 2
            dtype Choice Static float32
            lr Real Batched 0.01
            noise Real Batched 0
            optimizer Choice Static gd
            spectrum Vector Batched [3, 2, 1]
            steps Integer Static 1000
            students Integer Static 1
            weight_decay Real Batched 0
            width Integer Static 12

            """,
            DefaultsSnapshot.Of(FakeCatalog.Toy()));
    }

    [Fact]
    public void A_changed_default_changes_the_snapshot()
    {
        ImmutableArray<Hyperparameter> With(double standard) => [Hyperparameter.Real("momentum", Binding.Batched, standard, "Momentum.")];
        Assert.NotEqual(DefaultsSnapshot.Of(FakeCatalog.Toy(more: With(0.9))), DefaultsSnapshot.Of(FakeCatalog.Toy(more: With(0.95))));
    }
}
