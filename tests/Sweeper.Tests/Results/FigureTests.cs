using System.Xml.Linq;
using SkiaSharp;
using Sweeper.Core.Errors;
using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Drawing;
using Sweeper.Results.Figures.Scales;
using Sweeper.Results.Figures.Selection;
using Xunit;

namespace Sweeper.Tests.Results;

public class FigureTests
{
    [Fact]
    public void Every_kind_of_figure_has_a_name_of_its_own_and_a_description()
    {
        Assert.NotEmpty(FigureCatalog.Kinds);
        Assert.Equal(FigureCatalog.Kinds.Length, FigureCatalog.Kinds.Select(figure => figure.Kind).Distinct().Count());
        Assert.All(FigureCatalog.Kinds, figure => Assert.True(figure.Doc.Length > 40, figure.Kind));
    }

    [Fact]
    public void Without_a_name_every_metric_measured_at_several_steps_is_drawn_and_no_picture_is_blank()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        Assert.Equal(
            ["loss.csv", "loss.png", "loss.svg", "modes.csv", "modes.png", "modes.svg"],
            Directory.EnumerateFiles(folder.Figures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var png in Directory.EnumerateFiles(folder.Figures, "*.png"))
        {
            using var bitmap = SKBitmap.Decode(png);
            var colours = bitmap.Pixels.GroupBy(pixel => pixel).OrderByDescending(group => group.Count()).ToList();
            Assert.True(colours.Count > 100, $"{png} has {colours.Count} colours");
            Assert.True(colours[0].Count() < 0.97 * bitmap.Pixels.Length, $"{png} is nearly blank");
        }
    }

    [Fact]
    public void Words_are_in_the_picture_even_where_the_system_has_no_font()
    {
        var text = Words("loss.svg", SyntheticSweep.Yaml);
        Assert.Contains("synthetic: validation loss", text);
        Assert.Contains("training step", text);
        Assert.Contains("depth = 2", text);
        Assert.Contains("loss", text);
        Assert.Contains("noise", text);
        Assert.Contains("mean over 4 seeds", string.Join(' ', text), StringComparison.Ordinal);
        Assert.Equal("DejaVu Sans", EmbeddedFont.Typeface.FamilyName);
    }

    [Fact]
    public void What_is_not_drawn_is_said()
    {
        var yaml = SyntheticSweep.Yaml
            .Replace(
                "noise: [0, 0.5, 1]", "noise: { linspace: [0, 1, 11] }\n  biased: [false, true]\n  optimizer: [gd, adam]",
                StringComparison.Ordinal)
            .Replace("seeds: 4", "seeds: 1", StringComparison.Ordinal);
        var text = string.Join(' ', Words("loss.svg", yaml));
        Assert.Contains("one seed, hence no bands", text, StringComparison.Ordinal);
        Assert.Contains("7 of 11 values of noise are shown", text, StringComparison.Ordinal);
        Assert.Contains("Held fixed: optimizer = gd (default)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("depth: 2", "4 of 6 values of noise are shown.", "has such curves")]
    [InlineData("depth: 4", "noise = 0.3", "are shown")]
    [InlineData("depth: 8", "Only noise = 0.2 has such curves.", "are shown")]
    public void Only_values_that_have_such_curves_are_counted_and_take_room(string where, string said, string unsaid)
    {
        // Of all seven values, 0.2 would not be among four that are spread evenly.
        var yaml = SyntheticSweep.Yaml.Replace(
            "grid:\n  noise: [0, 0.5, 1]\n  depth: [2, 4]",
            "grids:\n  - { name: wide, fixed: { depth: 2 }, grid: { noise: [0, 0.2, 0.4, 0.6, 0.8, 1] } }\n"
            + "  - { name: two, fixed: { depth: 4 }, grid: { noise: [0.2, 0.3], optimizer: [gd, adam] } }\n"
            + "  - { name: one, fixed: { depth: 8, noise: 0.2 }, grid: { optimizer: [gd, adam] } }",
            StringComparison.Ordinal)
            + $"\nfigures: [ {{ metric: loss, name: loss, kind: mean_curves, colour: optimizer, where: {{ {where} }} }} ]";
        var text = string.Join(' ', Words("loss.svg", yaml));
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.DoesNotContain(unsaid, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Diverged_trials_are_in_the_caption()
    {
        var text = string.Join(' ', Words("loss.svg", SyntheticSweep.Yaml, trial => trial.Seed == 1 ? 20 : null));
        Assert.Contains("diverged (up to 1 of a curve; fewest left: 3)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ metric: loss, rows: noise }", 5)]
    [InlineData("{ metric: loss, panels: noise }", 5)]
    [InlineData("{ metric: loss, rows: depth, panels: noise, where: { noise: [0, 0.25, 0.5, 0.75, 1] } }", 5)]
    [InlineData("{ metric: loss, where: { noise: [0, 0.25, 0.5, 0.75] } }", 4)]
    public void Values_named_on_an_axis_are_all_drawn_and_named_with_their_quantity(string figure, int values)
    {
        var plan = SyntheticSweep.Plan(SyntheticSweep.Yaml.Replace(
            "noise: [0, 0.5, 1]", "noise: [0, 0.25, 0.5, 0.75, 1]", StringComparison.Ordinal));
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var files = FigureFiles.Write(folder.Path, plan, [plan.ReadFigure("--figure", figure)], temporary.In("out"), null);
        var text = string.Join('\n', WordsOf(files[0]));
        Assert.All(
            ((string[])["0", "0.25", "0.5", "0.75", "1"])[..values],
            value => Assert.Matches($@"(^|\n)(loss \()?noise = {value}\)?(\n|$)|noise\n(.*\n)*{value}\n", text));
        Assert.DoesNotContain("are shown", text, StringComparison.Ordinal);
        Assert.Equal([[(long)values]], Duck.Query($"SELECT count(DISTINCT noise) FROM read_csv('{files[2]}')"));
        Assert.Equal([["validation"]], Duck.Query($"SELECT DISTINCT split FROM read_csv('{files[2]}')"));
    }

    [Theory]
    [InlineData("0.1 0.3 1", true)]
    [InlineData("0 0.1 0.3 1 3", true)]
    [InlineData("0.001 1", true)]
    [InlineData("0.001 0.01", true)]
    [InlineData("1 10 100 1000", true)]
    [InlineData("1 2 3 4", false)]
    [InlineData("0 5 10", false)]
    [InlineData("0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1", false)]
    [InlineData("1 334 667 1000", false)]
    [InlineData("-1 10 100", false)]
    public void An_axis_is_logarithmic_where_its_values_span_a_decade_and_lie_more_evenly_then(string values, bool isLog) =>
        Assert.Equal(isLog, AxisScale.OfDimension(Axis(values), null).IsLog);

    [Fact]
    public void An_axis_of_whole_numbers_has_no_ticks_between_them()
    {
        string[] Ticks(string values) => [.. AxisTicks.Shown(AxisScale.OfDimension(Axis(values), null)).Select(tick => tick.Label)];
        Assert.Equal(["0", "5", "10"], Ticks("0 1 2 3 4 5 6 7 8 9 10 11"));
        Assert.Equal(["0", "0.5", "1", "1.5", "2"], Ticks("0 0.25 0.5 0.75 1 1.25 1.5 1.75 2"));
    }

    private static Dimension Axis(string values)
    {
        double[] numbers = [.. values.Split(' ').Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))];
        return Dimension.Of("member", numbers.Select((_, place) => place)) with { Numbers = [.. numbers] };
    }

    [Fact]
    public void The_CSV_holds_the_numbers_that_are_drawn()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var wrong = Duck.Query(
            $"""
            SELECT * FROM read_csv('{folder.Figures}/loss.csv') d
            FULL JOIN (FROM '{folder.Curves}' WHERE metric = 'loss' AND split = 'validation') c USING (curve_id, split, step)
            WHERE d.mean IS DISTINCT FROM c.mean OR d.ci95_lo IS DISTINCT FROM c.ci95_lo OR d.n IS DISTINCT FROM c.n
              OR d.noise IS DISTINCT FROM c.noise
            """);
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_SVG_is_well_formed()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var svg = XDocument.Load(Path.Combine(folder.Figures, "loss.svg"));
        var defined = svg.Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>().ToHashSet();
        var used = svg.Descendants().Select(element => (string?)element.Attribute("clip-path")).OfType<string>().Select(url => url[5..^1]);
        Assert.Subset(defined, used.ToHashSet());
        Assert.DoesNotContain(svg.Descendants().Attributes(), attribute => attribute.Value.TrimEnd().EndsWith(','));
    }

    [Fact]
    public void A_figure_is_named_like_a_measured_metric()
    {
        FigureCatalog.Check(SyntheticSweep.Plan(SyntheticSweep.Yaml + "\nfigures: [modes]"));
        var unknown = Assert.Throws<SweepException>(() => SyntheticSweep.Plan(
            SyntheticSweep.Yaml + "\nfigures: [lss]", FigureCatalog.CheckKind));
        Assert.Equal(ExitCode.Usage, unknown.ExitCode);
        Assert.Contains("did you mean 'loss'?", unknown.Remedy, StringComparison.Ordinal);
        var unlike = Assert.Throws<SweepException>(
            () => SyntheticSweep.Plan(SyntheticSweep.Yaml + "\nfigures: [barrier]", FigureCatalog.CheckKind));
        Assert.Contains("loss, modes", unlike.Remedy, StringComparison.Ordinal);
        var unmeasured = Assert.Throws<SweepException>(() => SyntheticSweep.Plan(
            SyntheticSweep.Yaml.Replace("  - { at: [0, 40], metrics: [modes] }", "", StringComparison.Ordinal) + "\nfigures: [modes]",
            FigureCatalog.CheckKind));
        Assert.Contains("not measured", unmeasured.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.25, "0.25")]
    [InlineData(1500, "1500")]
    [InlineData(20000, "20000")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(1e-6, "10⁻⁶")]
    [InlineData(3.16227766e-5, "3.16×10⁻⁵")]
    [InlineData(-2e12, "−2×10¹²")]
    public void Numbers_on_axes_are_short(double number, string label) => Assert.Equal(label, NumberLabel.Of(number));

    [Fact]
    public void Values_shown_are_evenly_spread_with_both_ends_and_of_a_ranking_the_first()
    {
        var dimension = Dimension.Of("member", Enumerable.Range(0, 12));
        Assert.Equal([0, 4, 7, 11], dimension.Spread(4));
        Assert.Equal(Enumerable.Range(0, 12), dimension.Spread(12));
        Assert.Equal([0, 1, 2, 3], Dimension.Of("index", Enumerable.Range(0, 12)).Spread(4));
    }

    private static List<string> Words(string figure, string yaml, Func<Core.Sweeps.Trial, long?>? divergesAt = null)
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(yaml), temporary.In("synthetic"), divergesAt);
        return WordsOf(Path.Combine(folder.Figures, figure));
    }

    private static List<string> WordsOf(string svg) =>
        [.. XDocument.Load(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
