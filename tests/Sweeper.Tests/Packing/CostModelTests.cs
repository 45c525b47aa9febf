using Sweeper.Core.Packing;
using Xunit;

namespace Sweeper.Tests.Packing;

public sealed class CostModelTests
{
    private static readonly PackCost Small = new(Steps: 1000, Operations: 1e8, Measurements: 100);
    private static readonly PackCost Wide = new(Steps: 1000, Operations: 1e12, Measurements: 100);
    private static readonly PackCost Measured = new(Steps: 1000, Operations: 1e8, Measurements: 1e5);

    [Fact]
    public void Prices_are_learnt_from_packs_that_differ_in_what_they_cost()
    {
        // A GPU: a step costs more than on a CPU, an operation next to nothing.
        static double Seconds(PackCost cost) => 1e-3 * cost.Steps + 1e-13 * cost.Operations + 1e-4 * cost.Measurements;
        var model = new CostModel();
        foreach (var cost in (PackCost[])[Small, Wide, Measured, Small, Wide, Measured])
        {
            model.Learn(cost, Seconds(cost));
        }

        var other = new PackCost(Steps: 5000, Operations: 3e13, Measurements: 2e4);
        Assert.InRange(model.Seconds(other) / Seconds(other), 1 / 1.5, 1.5);
    }

    [Fact]
    public void A_slow_machine_is_slow_in_all()
    {
        var (usual, slow) = (new CostModel(), new CostModel());
        slow.Learn(Measured, 10 * usual.Seconds(Measured));

        Assert.Equal(10, slow.Seconds(Measured) / usual.Seconds(Measured), 0.5);
        Assert.InRange(slow.Seconds(Wide) / usual.Seconds(Wide), 5, 15);
    }

    [Fact]
    public void Nothing_is_foretold_to_take_no_time()
    {
        var model = new CostModel();
        model.Learn(Wide, 1e-6);
        Assert.InRange(model.Seconds(Small), double.Epsilon, 1);
        Assert.InRange(model.Seconds(default), double.Epsilon, 1);
    }
}
