using System.Globalization;
using CsCheck;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class AxisTests
{
    [Theory]
    [InlineData("{ linspace: [0.0, 1.0, 11] }", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1")]
    [InlineData("{ linspace: [0, 1, 4] }", "0 0.333333333333333 0.666666666666667 1")]
    [InlineData("{ linspace: [2.5, 7, 1] }", "2.5")]
    [InlineData("{ linspace: [0.12345678901234567, 1, 2] }", "0.12345678901234567 1")]
    [InlineData("{ geomspace: [1e-6, 1e-2, 5] }", "1E-06 1E-05 0.0001 0.001 0.01")]
    [InlineData("{ logspace: [1, 1000, 4] }", "1 10 100 1000")]
    [InlineData("{ geomspace: [1, 2, 3] }", "1 1.4142135623731 2")]
    [InlineData("{ geomspace: [8, 1, 4] }", "8 4 2 1")]
    [InlineData("{ geomspace: [1e-300, 1e300, 3] }", "1E-300 1 1E+300")]
    [InlineData("linspace(0, 1, 3)", "0 0.5 1")]
    [InlineData("'linspace(0,1,3)'", "0 0.5 1")]
    [InlineData("\"geomspace( 1e-6 , 1e-2, 5 )\"", "1E-06 1E-05 0.0001 0.001 0.01")]
    [InlineData("range(0, 0.5, 0.1)", "0 0.1 0.2 0.3 0.4")]
    [InlineData("linspace(1, 1, 1)", "1")]
    [InlineData("{ range: [0, 0.5, 0.1] }", "0 0.1 0.2 0.3 0.4")]
    [InlineData("{ range: [0, 0.51, 0.1] }", "0 0.1 0.2 0.3 0.4 0.5")]
    [InlineData("{ range: [1, 0, -0.25] }", "1 0.75 0.5 0.25")]
    [InlineData("[1e-3, 1.0e3, .5, 010, 0x10, -0.0]", "0.001 1000 0.5 10 16 0")]
    public void A_generator_gives_the_values_one_would_type(string axis, string expected)
    {
        Assert.Equal(expected.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)), Reals(axis));
    }

    [Fact]
    public void Calls_stand_beside_other_axes_in_any_style_of_YAML()
    {
        const string Head = "sweep: a\nexperiment: toy\n";
        var hash = FakeCatalog.Plan(Head + "grid: { noise: { linspace: [0, 1, 3] }, lr: { geomspace: [1, 4, 3] }, depth: [2, 3] }").Hash;
        foreach (var grid in (string[])
        [
            "grid: { noise: linspace(0, 1, 3), lr: geomspace(1, 4, 3), depth: [2, 3] }",
            "grid: { depth: [2, 3], lr: geomspace(1,4,3), noise: linspace(0,1,3) }",
            "grid:\n  noise: linspace(0, 1, 3)\n  lr: 'geomspace(1, 4, 3)'\n  depth: range(2, 4, 1)",
            "grid: { noise: linspace(0,\n  1, 3), lr: \"geomspace(1, 4, 3)\", depth: [2, 3] }",
        ])
        {
            Assert.Equal(hash, FakeCatalog.Plan(Head + grid).Hash);
        }

        Assert.Equal(3, FakeCatalog.Plan(Head + "zip: [ { noise: linspace(0, 1, 3), lr: [1, 2, 3] } ]").PointCount);
        Assert.Equal(
            3, FakeCatalog.Plan("method: grid\nname: a\nexperiment: toy\nparameters: { noise: { values: linspace(0, 1, 3) } }").PointCount);
    }

    [Fact]
    public void A_refined_linspace_keeps_the_old_values_bit_for_bit()
    {
        Gen.Select(Gen.Double[0, 9], Gen.Double[10, 1000], Gen.Int[2, 20]).Sample((first, last, count) =>
        {
            var coarse = Reals(string.Create(CultureInfo.InvariantCulture, $"{{ linspace: [{first:R}, {last:R}, {count}] }}"));
            var fine = Reals(string.Create(CultureInfo.InvariantCulture, $"{{ linspace: [{first:R}, {last:R}, {2 * count - 1}] }}"));
            Assert.Equal(coarse, fine.Where((_, index) => index % 2 == 0));
        }, iter: 50);
    }

    [Fact]
    public void A_refined_geomspace_keeps_the_old_values_and_agrees_with_the_logarithm()
    {
        Gen.Select(Gen.Double[-9, 3], Gen.Double[0.1, 9], Gen.Int[2, 15]).Sample((exponent, decades, count) =>
        {
            var (first, last) = (Math.Pow(10, exponent), Math.Pow(10, exponent + decades));
            var coarse = Reals(string.Create(CultureInfo.InvariantCulture, $"{{ geomspace: [{first:R}, {last:R}, {count}] }}"));
            var fine = Reals(string.Create(CultureInfo.InvariantCulture, $"{{ geomspace: [{first:R}, {last:R}, {3 * count - 2}] }}"));
            Assert.Equal(coarse, fine.Where((_, index) => index % 3 == 0));
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(1, coarse[i] / Math.Exp(Math.Log(first) + (Math.Log(last) - Math.Log(first)) * i / (count - 1)), 1e-13);
            }
        }, iter: 50);
    }

    [Theory]
    [InlineData("{ linspace: [2, 8, 4] }", "2 4 6 8")]
    [InlineData("{ geomspace: [1, 64, 7] }", "1 2 4 8 16 32 64")]
    [InlineData("[2, 2e1, 3.0, 010]", "2 20 3 10")]
    public void Whole_hyperparameters_take_whole_values_however_they_are_written(string axis, string expected)
    {
        var plan = FakeCatalog.Plan($"sweep: a\nexperiment: toy\ngrid: {{ depth: {axis} }}");
        Assert.Equal(expected.Split(' '), plan.Swept[0].Values.Select(value => value.ToString()));
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("2_000")]
    [InlineData("1e-30")]
    [InlineData("1e300")]
    [InlineData("abc")]
    [InlineData("{ linspace: [2, 8, 5] }")]
    public void A_whole_hyperparameter_takes_no_other_value(string axis)
    {
        var text = axis.StartsWith('{') ? axis : $"[{axis}]";
        Assert.Equal(
            ExitCode.Usage,
            Assert.Throws<SweepException>(() => FakeCatalog.Plan($"sweep: a\nexperiment: toy\ngrid: {{ steps: {text} }}")).ExitCode);
    }

    [Fact]
    public void An_axis_of_vectors_is_a_list_of_lists()
    {
        var plan = FakeCatalog.Plan("sweep: a\nexperiment: toy\ngrid: { spectrum: [[3, 2], [1e-1]] }");
        Assert.Equal([new Value.Vector([3, 2]), new Value.Vector([0.1])], plan.Swept[0].Values);
    }

    private static double[] Reals(string axis) =>
        [.. FakeCatalog.Plan($"sweep: a\nexperiment: toy\ngrid: {{ weight_decay: {axis} }}").Swept[0].Values
            .Select(value => ((Value.Real)value).Number)];
}
