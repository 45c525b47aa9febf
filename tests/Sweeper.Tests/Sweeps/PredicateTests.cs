using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class PredicateTests
{
    private static readonly Vocabulary Toy = new(FakeCatalog.Instance.All[0], []);

    // width 8, depth 2, lr 0.1, spectrum [3, 2, 1], optimizer adam, bias true, noise 0; seed 5
    private static readonly Point Example =
        FakeCatalog.Plan("sweep: a\nexperiment: toy\nfixed: { width: 8, lr: 1e-1, optimizer: adam, bias: true }").PointAt(0);

    [Theory]
    [InlineData("depth == 2", true)]
    [InlineData("depth != 2", false)]
    [InlineData("depth < 2 or depth > 2", false)]
    [InlineData("depth <= 2 and depth >= 2", true)]
    [InlineData("lr == 0.1", true)]
    [InlineData("lr == 1e-1", true)]
    [InlineData("lr * 10 == 1", true)]
    [InlineData("2 + 3 * depth == width", true)]
    [InlineData("(2 + 3) * depth == width", false)]
    [InlineData("width - 4 - 2 == 2", true)]
    [InlineData("width / 2 / 2 == depth", true)]
    [InlineData("-depth == -2", true)]
    [InlineData("--depth == 2", true)]
    [InlineData("width == 0x8 and width == 0o10", true)]
    [InlineData("depth ** 3 == width", true)]
    [InlineData("-depth ** 2 == -4", true)]
    [InlineData("(-depth) ** 2 == 4", true)]
    [InlineData("2 ** 3 ** depth == 512", true)]
    [InlineData("depth ** -1 == 0.5", true)]
    [InlineData("2 * depth ** 2 == width", true)]
    [InlineData("(width * depth) ** 0.5 == 4", true)]
    [InlineData("noise ** 0 == 1", true)]
    [InlineData("width ** (1 / 3) == 2", true)]
    [InlineData("noise / noise == 1", false)]
    [InlineData("noise / noise != 1", false)]
    [InlineData("not noise / noise == 1", false)]
    [InlineData("1 / noise > 1", false)]
    [InlineData("1 / (1 / noise) == 0", false)]
    [InlineData("(1 / noise) ** 0 == 1", false)]
    [InlineData("(-depth) ** 0.5 > 0 or (-depth) ** 0.5 <= 0", false)]
    [InlineData("1e200 * width ** 400 > 0", false)]
    [InlineData("noise / noise == 1 or depth == 2", true)]
    [InlineData("not (noise / noise == 1 and depth == 3)", true)]
    [InlineData("not (noise / noise == 1 and depth == 2)", false)]
    [InlineData("depth in [noise / noise, 2]", true)]
    [InlineData("depth not in [noise / noise, 3]", false)]
    [InlineData("spectrum == [3, 2, noise / noise] or spectrum != [3, 2, noise / noise]", false)]
    [InlineData("spectrum != [2, 2, noise / noise]", true)]
    [InlineData("bias == (noise / noise > 1) or bias != (noise / noise > 1)", false)]
    [InlineData("seed == 5", true)]
    [InlineData("seed in [1, 3]", false)]
    [InlineData("seed not in [1, 3]", true)]
    [InlineData("depth in [width / 4, 7]", true)]
    [InlineData("bias", true)]
    [InlineData("not bias", false)]
    [InlineData("not not bias", true)]
    [InlineData("bias == false", false)]
    [InlineData("not depth == 3", true)]
    [InlineData("not bias or depth == 2", true)]
    [InlineData("not (bias or depth == 2)", false)]
    [InlineData("true or bias and false", true)]
    [InlineData("(true or bias) and false", false)]
    [InlineData("optimizer == adam", true)]
    [InlineData("'gd' == optimizer", false)]
    [InlineData("optimizer in [gd, \"adam\"]", true)]
    [InlineData("optimizer == optimizer", true)]
    [InlineData("spectrum == [3, 2, 1]", true)]
    [InlineData("spectrum != [3, 2]", true)]
    [InlineData("spectrum in [[1, 1], [3, 2, 1.0]]", true)]
    [InlineData("spectrum[0] == 3 and spectrum[2] == 1", true)]
    [InlineData("spectrum[-1] + spectrum[ 3 - 2 ] == 3", true)]
    [InlineData("spectrum[-3] > 2.5", true)]
    [InlineData("spectrum[3] > 0", false)]
    [InlineData("not spectrum[3] > 0", false)]
    [InlineData("spectrum[-4] > 0 or depth == 2", true)]
    public void A_condition_is_decided_as_read(string text, bool holds)
    {
        Assert.Equal(holds, Predicate.Parse(text, "--only", Toy).Holds(Example, 5));
    }

    [Theory]
    [InlineData("dpeth == 2", 1, "no hyperparameter 'dpeth'", "did you mean 'depth'?")]
    [InlineData("depth == dpeth", 10, "no hyperparameter 'dpeth'", "did you mean 'depth'?")]
    [InlineData("sede == 2", 1, "no hyperparameter 'sede'", "did you mean 'seed'?")]
    [InlineData("optimizer == adm", 14, "'optimizer' is never 'adm'", "did you mean 'adam'?")]
    [InlineData("optimizer < adam", 1, "the word 'optimizer' is no number", "only numbers")]
    [InlineData("optimizer == 2", 11, "the word 'optimizer' and a number cannot be compared", "one type")]
    [InlineData("depth == 'two'", 10, "the word 'two' cannot stand here", "compare a word")]
    [InlineData("bias == 1", 6, "true or false and a number cannot be compared", "one type")]
    [InlineData("spectrum > 2", 1, "the list 'spectrum' is no number", "only numbers")]
    [InlineData("spectrum[depth] > 2", 10, "a whole number", "spectrum[0]")]
    [InlineData("spectrum[0.5] > 2", 10, "a whole number", "spectrum[-1] for its last")]
    [InlineData("spectrum[] > 2", 10, "']' cannot stand here", "write for example")]
    [InlineData("spectrum[0, 1] > 2", 10, "this bracket is not closed", "','")]
    [InlineData("spectrum in [1, 2]", 14, "the list 'spectrum' and a number cannot be compared", "one type")]
    [InlineData("depth", 1, "a number is neither true nor false", "compare it")]
    [InlineData("depth == 2 and width", 16, "a number is neither true nor false", "compare it")]
    [InlineData("depth in 2", 10, "'in' needs a list, but a number", "depth in [2, 4]")]
    [InlineData("depth in []", 10, "'in' needs a list, but an empty list", "depth in [2, 4]")]
    [InlineData("1 < depth < 3", 11, "a comparison has two sides", "and")]
    [InlineData("depth = 2", 7, "'=' compares nothing", "'=='")]
    [InlineData("depth == 2 && bias", 12, "'&' is no part", "'and'")]
    [InlineData("depth == 2 || bias", 12, "'|' is no part", "'or'")]
    [InlineData("!bias", 1, "'!' is no part", "'not'")]
    [InlineData("depth ^ 2 == 4", 7, "'^' is no part", "two stars")]
    [InlineData("depth ** == 4", 10, "'==' cannot stand here", "write for example")]
    [InlineData("noise > 1 / 0", 11, "1 / 0 has no finite value", "other numbers")]
    [InlineData("noise > 1e200 ** 2", 15, "1E+200 ** 2 has no finite value", "other numbers")]
    [InlineData("noise > 1e-400", 9, "1e-400 is too near to 0", "write 0")]
    [InlineData("depth == 0x", 11, "'x' cannot stand here", "write for example")]
    [InlineData("log(lr) < 2", 1, "'log(' looks like a function", "a square root")]
    [InlineData("(depth == 2", 1, "this parenthesis is not closed", "the end")]
    [InlineData("depth in [2, 3", 10, "this bracket is not closed", "the end")]
    [InlineData("depth == 2)", 11, "')' cannot stand here", "write for example")]
    [InlineData("depth == ", 10, "the end cannot stand here", "write for example")]
    [InlineData("", 1, "the end cannot stand here", "write for example")]
    [InlineData("optimizer == 'adam", 14, "no partner", "close it")]
    [InlineData("depth == 1e999", 10, "no finite number", "1e-3")]
    [InlineData("depth == 2 ; bias", 12, "';' is no part", "and or not")]
    public void A_fault_points_into_the_condition(string text, int column, string problem, string remedy)
    {
        var fault = Assert.Throws<SweepException>(() => Predicate.Parse(text, "--only", Toy));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Equal($"  --only {text}\n  {new string(' ', "--only ".Length + column - 1)}^", fault.Place);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_a_fault_and_not_a_crash()
    {
        var deep = new string('(', 100_000);
        Assert.Contains(
            "nested too deeply", Assert.Throws<SweepException>(() => Predicate.Parse(deep, "--only", Toy)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_without_end_is_a_fault_and_not_a_crash()
    {
        foreach (var link in (string[])[" + 1", " * 2", " ** 1", " or depth == 2", " and depth == 2"])
        {
            var chain = "depth == 2" + string.Concat(Enumerable.Repeat(link, 100_000));
            var fault = Assert.Throws<SweepException>(() => Predicate.Parse(chain, "--only", Toy));
            Assert.Matches("more than 1000 operations|nested too deeply", fault.Message);
        }
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        var predicate = Predicate.Parse(
            "depth == 2 and 2 ** depth == 4 and (lr * 2 > 0.1 or optimizer in [gd]) and seed not in [7, 8] and spectrum == [3, 2, 1]",
            "--only", Toy);
        var isHeld = predicate.Holds(Example, 5);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            isHeld &= predicate.Holds(Example, 5);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(isHeld);
        Assert.Equal(["depth", "lr", "optimizer", "seed", "spectrum"], predicate.Names.Order(StringComparer.Ordinal));
    }
}
