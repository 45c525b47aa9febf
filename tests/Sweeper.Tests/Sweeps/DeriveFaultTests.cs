using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>The faults of `derive`, and of what speaks of derived values.</summary>
public sealed class DeriveFaultTests
{
    private const string Head = "sweep: a\nexperiment: toy\n";

    [Theory]
    [InlineData("derive: [ a ]", "3:9", "'derive' must be a table", "name: value")]
    [InlineData("derive: { snr: [1] }", "3:16", "'snr' must be a formula, but a list", "1 / noise ** 2")]
    [InlineData("derive: { snr: 1 / noize }", "3:20", "no hyperparameter 'noize'", "did you mean 'noise'?")]
    [InlineData(
        "derive: { snr: optimizer }", "3:16", "the word 'optimizer' is neither a number nor true or false", "compare: optimizer == adam")]
    [InlineData("derive: { snr: spectrum }", "3:16", "the list 'spectrum' is neither a number", "compute")]
    [InlineData("derive: { snr: 1 / noise noise }", "3:26", "'noise' cannot stand here in a formula", "1 / noise ** 2")]
    [InlineData("derive: { snr: 1 / (depth - depth }", "3:20", "this parenthesis is not closed", "the end")]
    [InlineData("derive: { snr: 1 / 0 }", "3:18", "1 / 0 has no finite value", "other numbers")]
    [InlineData("derive: { lr: depth }", "3:11", "'lr' is a hyperparameter of 'toy'", "another name")]
    [InlineData("derive: { mean: depth }", "3:11", "'mean' is a column of the results", "another name")]
    [InlineData("derive: { Snr: depth }", "3:11", "'Snr' cannot be the name of a derived value", "lower-case")]
    [InlineData("derive: { and: depth }", "3:11", "'and' cannot be the name of a derived value", "no word of conditions")]
    [InlineData("derive: { a: a + 1 }", "3:11", "'a' is derived from itself", "hyperparameters")]
    [InlineData("derive: { c: a, a: b + 1, b: depth * a }", "3:17", "'a' and 'b' are derived from one another", "hyperparameters")]
    [InlineData("derive: { a: depth }\ngrid: { a: [1, 2] }", "4:9", "'a' is derived, so it cannot be set", "derived from: depth")]
    [InlineData("derive: { a: seed }\nwhen: { noise: a > 2 }", "4:16", "'when' cannot depend on the seed", "'exclude'")]
    [InlineData("derive: { a: noise }\nwhen: { noise: a > 2 }", "4:16", "depends on 'noise' itself", "decide")]
    [InlineData(
        "derive: { a: seed }\nfigures: [ { metric: loss, colour: a } ]", "4:36",
        "'a' depends on the seed, and a curve is the mean over seeds", "hyperparameters alone")]
    [InlineData(
        "derive: { snr: depth }\nfigures: [ { metric: loss, colour: snt } ]", "4:36", "'snt' tells no curves apart", "did you mean 'snr'?")]
    [InlineData(
        "derive: { snr: depth }\nfigures: [ { metric: loss, where: { snr: big } } ]", "4:42", "'snr' must be a finite number, but 'big'",
        "for example")]
    public void A_fault_names_place_problem_and_remedy(string body, string place, string problem, string remedy)
    {
        SweepFault.Check(() => FakeCatalog.Plan(Head + body), $"toy.yaml:{place}\n", problem, remedy);
    }

    [Fact]
    public void Formulas_that_double_each_other_are_refused_before_they_are_computed()
    {
        var derive = string.Join(", ", Enumerable.Range(1, 40).Select(n => $"a{n}: a{n - 1} + a{n - 1}").Prepend("a0: depth"));
        SweepFault.Check(
            () => FakeCatalog.Plan($"{Head}derive: {{ {derive} }}"), "toy.yaml:3:", "this formula has more than 1000 operations",
            "make it shorter");
    }
}
