using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class ClaimsTests
{
    private const string Expect =
        """

        expect:
          - entry: 2a
            claim: >-
              The loss falls: it is "smaller"
              at the end.
            expected: "below 0.1"
            cause: none
            breaks_when: [untrained, scale loss by 2.5e3, drop modes index 1, drop modes component a b, rotate noise, rotate index of modes, reverse loss, swap splits, shuffle seeds, shuffle component of modes]
            sql: |
              WITH ends AS (
                SELECT mean FROM curves WHERE metric = 'loss' AND step = 40)

              SELECT bool_and(mean < 0.1) AS ok, max(mean) AS value FROM ends;
          - { entry: "3", claim: c, expected: e, sql: "SELECT true AS ok, '\\' AS value", breaks_when: [untrained] }
        """;

    private static string Yaml(string claims) => SyntheticSweep.Yaml + claims;

    [Fact]
    public void A_claim_is_typed_and_the_resolved_file_says_the_same()
    {
        var plan = SyntheticSweep.Plan(Yaml(Expect));

        var claim = plan.Claims[0];
        Assert.Equal(
            ("2a", "The loss falls: it is \"smaller\" at the end.", "below 0.1", "none"),
            (claim.Entry, claim.Statement, claim.Expected, claim.Cause));
        Assert.Equal(
            "WITH ends AS (\n  SELECT mean FROM curves WHERE metric = 'loss' AND step = 40)\n\n"
            + "SELECT bool_and(mean < 0.1) AS ok, max(mean) AS value FROM ends", claim.Sql);
        Assert.Equal(
            [
                new Mutation.Untrained(), new Mutation.Scale("loss", 2500), new Mutation.DropIndex("modes", 1),
                new Mutation.DropComponent("modes", "a b"), new Mutation.Rotate("noise"), new Mutation.RotatePart("index", "modes"),
                new Mutation.Reverse("loss"), new Mutation.SwapSplits(), new Mutation.ShuffleSeeds(),
                new Mutation.ShuffleComponents("modes"),
            ],
            claim.BreaksWhen);
        Assert.All(claim.BreaksWhen, mutation => Assert.Equal(mutation, Mutation.Parse(mutation.ToString())));
        var again = SweepPlan.Parse(plan.ResolvedText, SyntheticSweep.Catalog);
        Assert.Equal(plan.ResolvedText, again.ResolvedText);
        Assert.Equal(
            plan.Claims.Select(one => (one.Title, one.Expected, one.Sql, one.Cause, string.Join(", ", one.BreaksWhen))),
            again.Claims.Select(one => (one.Title, one.Expected, one.Sql, one.Cause, string.Join(", ", one.BreaksWhen))));
    }

    [Fact]
    public void What_is_claimed_is_in_no_id_and_in_no_plan()
    {
        var (silent, claiming) = (SyntheticSweep.Plan(), SyntheticSweep.Plan(Yaml(Expect)));

        Assert.Equal(silent.Hash, claiming.Hash);
        Assert.Equal(silent.TrialAt(5).Id, claiming.TrialAt(5).Id);
        Assert.Equal(silent.Packs, claiming.Packs);
        Assert.DoesNotContain("expect", silent.ResolvedText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_has_claims_of_its_own_or_none()
    {
        var text = Yaml(Expect) + """

            profiles:
              quick: { seeds: 2 }
              long: { seeds: 9, expect: [ { entry: L, claim: c, expected: e, sql: SELECT 1, breaks_when: [untrained] } ] }
            """;
        SweepPlan With(string? profile) =>
            SweepPlan.Create(
                SweepFile.Parse(text, "synthetic.yaml", SweepOverrides.None with { Profile = profile }), SyntheticSweep.Catalog);

        Assert.Equal(2, With(null).Claims.Length);
        Assert.Empty(With("quick").Claims);
        Assert.Equal(["L"], With("long").Claims.Select(claim => claim.Entry));
        Assert.Equal(["L"], SweepPlan.Parse(With("long").ResolvedText, SyntheticSweep.Catalog).Claims.Select(claim => claim.Entry));
    }

    [Fact]
    public void What_is_reproduced_and_what_was_chosen_is_kept_and_in_no_plan()
    {
        var plan = SyntheticSweep.Plan(Yaml("\npaper: \"A work: figure 1\"\nchosen: { noise: 'not said: \"small\"', seeds: fewer }"));

        Assert.Equal("A work: figure 1", plan.Source.Paper);
        Assert.Equal([("noise", "not said: \"small\""), ("seeds", "fewer")], plan.Source.Chosen);
        Assert.Equal(plan.ResolvedText, SweepPlan.Parse(plan.ResolvedText, SyntheticSweep.Catalog).ResolvedText);
        Assert.Equal(SyntheticSweep.Plan().Hash, plan.Hash);
    }

    [Fact]
    public void What_was_chosen_of_all_settings_is_the_reason_for_those_that_have_none_of_their_own()
    {
        var some = SyntheticSweep.Plan(Yaml("\nchosen: { noise: small }")).Source;
        var all = SyntheticSweep.Plan(Yaml("\nchosen: { all: no text, noise: small }")).Source;

        Assert.Equal(["small", null], [some.ReasonFor("noise"), some.ReasonFor("seeds")]);
        Assert.Equal(["small", "no text"], [all.ReasonFor("noise"), all.ReasonFor("seeds")]);
    }

    [Theory]
    [InlineData("paper: [a]", "12:8", "'paper' must be a text", "a few words")]
    [InlineData("chosen: { nois: not said }", "12:11", "no hyperparameter 'nois'", "did you mean 'noise'?")]
    [InlineData("chosen: { noise: }", "12:18", "the reason for 'noise' must be a text", "a few words")]
    [InlineData("expect: all", "12:9", "'expect' must be a list of claims, but 'all'", "entry:")]
    [InlineData("expect: [ { claim: c, expected: e, sql: s, breaks_when: [untrained] } ]", "12:11", "a claim lacks 'entry'", "entry:")]
    [InlineData("expect: [ { entry: a, claim: c, expected: e, sql: s } ]", "12:11", "a claim lacks 'breaks_when'", "breaks_when")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sqll: s, breaks_when: [untrained] } ]", "12:46", "unknown key 'sqll' in a claim",
        "did you mean 'sql'?")]
    [InlineData(
        "expect: [ { entry: a, claim: [c], expected: e, sql: s, breaks_when: [untrained] } ]", "12:30",
        "'claim' of a claim must be a text", "entry:")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [] } ]", "12:67", "nothing breaks says nothing", "swap splits")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [retrained] } ]", "12:68",
        "'retrained' is no change of results", "untrained")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [scale loss by -2] } ]", "12:68", "is no change of results",
        "the number X is positive")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [scale loss by 1] } ]", "12:68",
        "'scale loss by 1' changes nothing", "another number")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [shufle seeds] } ]", "12:68", "is no change of results",
        "did you mean 'shuffle seeds'?")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [revers loss] } ]", "12:68", "is no change of results",
        "did you mean 'reverse loss'?")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [reverse los] } ]", "12:68", "'los', which is not measured",
        "did you mean 'loss'?")]
    [InlineData(
        "expect: [ { entry: a, claim: c, expected: e, sql: s, breaks_when: [rotate nois] } ]", "12:68", "no hyperparameter 'nois'",
        "did you mean 'noise'?")]
    public void A_wrong_claim_is_a_usage_error_with_its_place(string line, string place, string problem, string remedy) =>
        SweepFault.Check(() => SyntheticSweep.Plan(Yaml("\n" + line)), $"synthetic.yaml:{place}", problem, remedy);
}
