using CsCheck;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class AnyTextTests
{
    private const string Sweep = """
        sweep: any
        experiment: toy
        fixed: { width: 8, spectrum: [3, 2e0, 1] }
        grid:
          noise: { linspace: [0.0, 1.0, 3] }
          weight_decay: { geomspace: [1e-6, 1e-2, 2] }
          depth: { range: [2, 5, 1] }
        zip:
          - { optimizer: [gd, adam], lr: [1.8e-5, 1e-4] }
        seeds: 0..2
        measure:
          - { at: { log: 5 }, metrics: [loss] }
          - { at: [0, 10], metrics: [norm] }
        profiles: { quick: { fixed: { noise: 0.5 }, seeds: [1, 3] } }
        lanes: 16
        """;

    /// <summary>Whatever is typed: a plan, or one message that says where and what to do. Never another exception.</summary>
    [Fact]
    public void A_file_with_slips_of_the_keyboard_is_a_plan_or_one_message()
    {
        var slip = Gen.Select(
            Gen.Int[0, Sweep.Length - 1], Gen.Int[0, 4],
            Gen.OneOf("{}[],:-#&*!|>'\"%@`~ \n\t0123456789.eE_azé\0".Select(character => Gen.Const(character)).ToArray()));
        slip.Array[1, 4].Sample(slips =>
        {
            var text = Sweep;
            foreach (var (position, removed, typed) in slips)
            {
                var start = Math.Min(position, text.Length);
                text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, typed.ToString());
            }

            Plan(() => FakeCatalog.Plan(text, new SweepOverrides("quick", [], null)));
        }, iter: 3000);
    }

    [Fact]
    public void An_argument_of_any_characters_is_a_plan_or_one_message()
    {
        var argument = Gen.OneOf("{}[](),:-#&*='\" 01.elinspacrgdh".Select(character => Gen.Const(character)).ToArray()).Array[0, 12]
            .Select(characters => new string(characters));
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Const("depth="), Gen.Const("noise=linspace("), Gen.Const("spectrum=[")), argument)
            .Sample((start, rest) =>
            {
                Plan(() => FakeCatalog.Plan(Sweep, new SweepOverrides(null, [start + rest], null)));
                Plan(() => FakeCatalog.Plan(Sweep, new SweepOverrides(null, [], rest)));
            }, iter: 1500);
    }

    private static void Plan(Action act)
    {
        try
        {
            act();
        }
        catch (SweepException fault)
        {
            Assert.Equal(ExitCode.Usage, fault.ExitCode);
            Assert.Contains("^", fault.Place, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(fault.Remedy));
        }
    }
}
