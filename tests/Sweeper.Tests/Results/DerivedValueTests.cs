using System.Xml.Linq;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Results.Figures;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Derived values in tables and figures.</summary>
public class DerivedValueTests
{
    private const string Derive =
        "derive: { snr: 1 / noise**2, size: depth * (1 + 4 * noise), deep: depth > 2, late: seed >= 2, first: noise * seed }\n";

    [Fact]
    public void A_derived_value_is_a_column_of_trials_and_where_seeds_share_it_of_curves()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(SyntheticSweep.Yaml + "\n" + Derive), temporary.In("synthetic"));
        Assert.Equal(
            ["curve_id VARCHAR", "depth BIGINT", "noise DOUBLE", "deep BOOLEAN", "size DOUBLE", "snr DOUBLE", "step BIGINT"],
            Duck.Query($"DESCRIBE SELECT * FROM '{folder.Curves}'").Select(row => $"{row[0]} {row[1]}").Take(7));
        Assert.Empty(Duck.Query(
            $"""
            SELECT * FROM '{folder.Curves}' WHERE deep <> (depth > 2) OR size <> depth * (1 + 4 * noise) OR (snr IS NULL) <> (noise = 0)
              OR snr <> CASE noise WHEN 0.5 THEN 4 ELSE 1 END
            """));
        Assert.Empty(Duck.Query(
            $"SELECT * FROM '{folder.Trials}' WHERE late <> (seed >= 2) OR first <> noise * seed OR (snr IS NULL) <> (noise = 0)"));
        Assert.Equal(24L, Duck.Query($"SELECT count(first) FROM '{folder.Trials}'")[0][0]);
    }

    [Fact]
    public void Another_formula_trains_nothing_and_derives_again_and_none_leaves_every_byte_as_it_was()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), path);
        var (curves, trials) = (File.ReadAllBytes(folder.Curves), File.ReadAllBytes(folder.Trials));
        foreach (var (formula, smallest) in ((string, double)[])[("1 / noise**2", 1), ("2 / noise**2", 2)])
        {
            var plan = SyntheticSweep.Plan($"{SyntheticSweep.Yaml}\nderive: {{ snr: '{formula}' }}");
            using (var opened = SyntheticSweep.Open(plan, path))
            {
                var history = SweepHistory.Fold(opened.Journal.History);
                Assert.All(
                    plan.Packs, pack => Assert.Empty(plan.WorkFor(pack, (trial, schedule) => !history.Covers(trial.Id, schedule)).Wanted));
                opened.Derive(plan, history);
            }

            Assert.Equal(smallest, Duck.Query($"SELECT min(snr) FROM '{folder.Curves}'")[0][0]);
            Assert.Equal(smallest, Duck.Query($"SELECT min(snr) FROM '{folder.Trials}'")[0][0]);
        }

        SyntheticSweep.Run(SyntheticSweep.Plan(), path);
        Assert.Equal(curves, File.ReadAllBytes(folder.Curves));
        Assert.Equal(trials, File.ReadAllBytes(folder.Trials));
    }

    [Theory]
    [InlineData(
        "x: snr", "noise 0.5 snr 4 depth 2|noise 1 snr 1 depth 2|noise 0.5 snr 4 depth 4|noise 1 snr 1 depth 4",
        "2 points are left out: a derived value is undefined there.")]
    [InlineData(
        "x: size, colour: depth",
        "noise 0 size 2 depth 2|noise 0.5 size 6 depth 2|noise 1 size 10 depth 2|noise 0 size 4 depth 4|noise 0.5 size 12 depth "
        + "4|noise 1 size 20 depth 4", "")]
    [InlineData(
        "x: noise, colour: deep",
        "noise 0 deep false depth 2|noise 0.5 deep false depth 2|noise 1 deep false depth 2|noise 0 deep true depth 4|noise 0.5 deep true "
        + "depth 4|noise 1 deep true depth 4", "")]
    [InlineData("x: snr, where: { noise: [1, 0.5], deep: true }", "noise 0.5 snr 4 depth 4|noise 1 snr 1 depth 4", "")]
    [InlineData("x: depth, where: { snr: [4] }", "noise 0.5 snr 4 depth 2|noise 0.5 snr 4 depth 4", "2 points are left out")]
    public void A_derived_value_stands_for_the_axis_that_it_follows_from(string spec, string expected, string note)
    {
        var yaml = $"{SyntheticSweep.Yaml}\n{Derive}figures: [ {{ metric: loss, kind: final_value, split: train, name: drawn, {spec} }} ]";
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(yaml), temporary.In("synthetic"));
        var rows = File.ReadAllLines(Path.Combine(folder.Figures, "drawn.csv")).Select(line => line.Split(',')).ToList();
        string Cell(string[] row, string name) => row[Array.IndexOf(rows[0], name)];
        var names = expected.Split('|')[0].Split(' ').Where((_, place) => place % 2 == 0).ToList();
        Assert.Equal(
            expected.Split('|').Order(StringComparer.Ordinal),
            rows.Skip(1).Select(row => string.Join(' ', names.Select(name => $"{name} {Cell(row, name)}"))).Order(StringComparer.Ordinal));
        var words = string.Join(' ', XDocument.Load(Path.Combine(folder.Figures, "drawn.svg")).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(text => text.Value.Trim()));
        Assert.Contains(note, words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x: one", "there is nothing to draw against 'one': this sweep has one value of it")]
    [InlineData("where: { snr: 3 }", "this sweep has no snr = 3")]
    public void A_figure_of_what_the_sweep_has_not_is_refused(string spec, string problem)
    {
        var plan = SyntheticSweep.Plan(
            $"{SyntheticSweep.Yaml}\nderive: {{ snr: 1 / noise**2, one: 2 * steps }}\n"
            + $"figures: [ {{ metric: loss, kind: final_value, {spec} }} ]");
        Assert.Equal(problem, Assert.Throws<SweepException>(() => FigureCatalog.Check(plan)).Message);
    }
}
