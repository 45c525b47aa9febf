using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Selection;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>What a figure shows of pairs of networks and of named parts where it does not say.</summary>
public sealed class UsualComponentsTests
{
    private static readonly ExperimentDeclaration Experiment = new(
        "toy", 1, "", [], [],
        [
            new MetricDeclaration("agreement", 1, "", static _ => 4),
            new MetricDeclaration("outlier", 1, "", static _ => 2)
            {
                Dimensions = [new MetricDimension("part", MetricColumn.Component) { Names = ["measured", "predicted"] }],
            },
        ]);

    [Fact]
    public void Of_pairs_of_networks_the_means_are_drawn_as_lines()
    {
        var (spec, areLines) = Of(new FigureSpec("agreement"), "different trunks", "0-1", "0-2", "1-2");
        Assert.Equal("{ metric: agreement, where: { component: [\"different trunks\"] } }", spec.ToString());
        Assert.True(areLines);
    }

    [Fact]
    public void Named_parts_have_colours_and_not_rows_of_tiles()
    {
        var (spec, areLines) = Of(new FigureSpec("outlier"), "measured", "predicted");
        Assert.Equal("component", spec.Colour);
        Assert.True(areLines);
        Assert.Equal("width", Of(new FigureSpec("outlier") { Colour = "width" }, "measured", "predicted").Spec.Colour);
    }

    [Fact]
    public void Layers_stay_tiles_and_what_is_asked_for_stays_as_it_is()
    {
        var layers = new FigureSpec("agreement");
        Assert.Equal(new UsualComponents(layers, false), Of(layers, "W1", "W2"));
        var asked = new FigureSpec("agreement") { Where = [new FigureFilter("component", ["0-1"])] };
        Assert.Equal(new UsualComponents(asked, false), Of(asked, "different trunks", "0-1", "0-2"));
        var tiles = new FigureSpec("outlier") { Kind = "heat_map" };
        Assert.Equal(new UsualComponents(tiles, false), Of(tiles, "measured", "predicted"));
    }

    private static UsualComponents Of(FigureSpec spec, params ImmutableArray<string> components) =>
        UsualComponents.Of(spec, [.. components.Select(component => new SeriesPart("", component, 0, 0))], Experiment);
}
