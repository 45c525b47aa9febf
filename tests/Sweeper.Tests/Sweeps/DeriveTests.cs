using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class DeriveTests
{
    private const string Grid = "sweep: a\nexperiment: toy\ngrid: { noise: [0, 0.1, 0.5], depth: [2, 3] }\nseeds: 2\n";

    private static readonly SweepPlan Plain = FakeCatalog.Plan(Grid);

    [Theory]
    [InlineData("1 / noise**2", "? 100 4 ? 100 4")]
    [InlineData("2 * depth", "4 4 4 6 6 6")]
    [InlineData("width * depth ** 2 + 1", "49 49 49 109 109 109")]
    [InlineData("noise > 0 and depth == 2", "false true true false false false")]
    [InlineData("bias", "false false false false false false")]
    [InlineData("1 / noise > 5", "? true false ? true false")]
    [InlineData("depth ** 0.5", "1.4142135623731 1.4142135623731 1.4142135623731 1.73205080756888 1.73205080756888 1.73205080756888")]
    [InlineData("noise ** 1.5", "0 0.0316227766016838 0.353553390593274 0 0.0316227766016838 0.353553390593274")]
    [InlineData("noise ** -0.3", "? 1.99526231496888 1.23114441334492 ? 1.99526231496888 1.23114441334492")]
    [InlineData("0.1 + 0.2", "0.3 0.3 0.3 0.3 0.3 0.3")]
    public void A_formula_gives_each_point_the_number_one_would_write(string formula, string expected)
    {
        var plan = FakeCatalog.Plan($"{Grid}derive: {{ d: '{formula}' }}");
        var values = Enumerable.Range(0, 6).Select(i => plan.Derived[0].Of(plan.PointAt(i), 0)?.ToString());
        Assert.Equal(expected.Split(' ').Select(text => text == "?" ? null : text), values);
    }

    [Fact]
    public void Formulas_speak_of_one_another_in_any_order_and_of_the_seed()
    {
        var plan = FakeCatalog.Plan(Grid + "derive: { c: b + seed, b: a * a, a: depth + 1 }");
        Assert.Equal(["a", "b", "c"], plan.Derived.Select(derived => derived.Name));
        Assert.Equal(["b", "a"], plan.DerivedOfPoints.Reverse().Select(derived => derived.Name));
        Assert.Equal(new Value.Real(16), plan.Derived[1].Of(plan.PointAt(4), 7));
        Assert.Equal(new Value.Real(23), plan.Derived[2].Of(plan.PointAt(4), 7));
        Assert.Equal(["depth", "seed"], plan.Derived[2].Names.Order(StringComparer.Ordinal));
        Assert.Equal(plan.ResolvedText, FakeCatalog.Plan(Grid + "derive:\n  b: 'a * a'\n  a: depth + 1\n  c: b + seed").ResolvedText);
    }

    [Fact]
    public void What_is_derived_is_in_no_id_and_in_no_hash()
    {
        var plan = FakeCatalog.Plan(Grid + "derive: { snr: 1 / noise**2 }");
        Assert.Equal(Plain.Hash, plan.Hash);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => Plain.TrialAt(i).Id), Enumerable.Range(0, 12).Select(i => plan.TrialAt(i).Id));
        Assert.NotEqual(Plain.ResolvedText, plan.ResolvedText);
        Assert.Equal(plan.ResolvedText, SweepPlan.Parse(plan.ResolvedText, FakeCatalog.Instance).ResolvedText);
    }

    [Fact]
    public void Conditions_speak_of_derived_values()
    {
        const string Derive = "derive: { snr: 1 / noise**2, odd: depth == 3 }\n";
        Assert.Equal(5, FakeCatalog.Plan(Grid + Derive + "exclude: [ snr > 50 and odd ]").PointCount);
        Assert.Equal(2, FakeCatalog.Plan(Grid + Derive + "exclude: [ snr == 100, snr == 4 ]").PointCount);
        Assert.Equal(4, FakeCatalog.Plan(Grid + Derive + "when: { noise: odd }").PointCount);
        var plan = FakeCatalog.Plan(Grid + Derive);
        var scope = TrialScope.Of(plan, new RunScope("snr < 50 and not odd", 1));
        var kept = Enumerable.Range(0, 12).Where(i => scope.Includes(i, plan.TrialAt(i))).Select(i => plan.TrialAt(i)).ToList();
        Assert.Equal([(0.5, 2L, 0L)], kept.Select(trial => (trial.Point.Real("noise"), trial.Point.Integer("depth"), trial.Seed)));
        Assert.Equal(["noise"], Predicate.Parse("snr > 1", "--only", plan.Vocabulary).Names);
    }

    [Fact]
    public void A_profile_has_formulas_of_its_own()
    {
        const string Text = Grid + "derive: { a: depth }\nprofiles: { quick: { derive: { b: depth } } }";
        Assert.Equal("a", FakeCatalog.Plan(Text).Derived[0].Name);
        Assert.Equal("b", Assert.Single(FakeCatalog.Plan(Text, new SweepOverrides("quick", [], null)).Derived).Name);
    }
}
