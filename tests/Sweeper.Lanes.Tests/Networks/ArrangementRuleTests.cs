using Sweeper.Lanes.Networks;
using Xunit;

namespace Sweeper.Lanes.Tests.Networks;

public sealed class ArrangementRuleTests
{
    [Theory]
    // Registers of many small networks are full of lanes.
    [InlineData("12-12-12-12-12", 16, false)]
    [InlineData("32-32-32-32-32", 16, false)]
    // Half of a register would stay empty, more than twelve units leave.
    [InlineData("12-12-12-12-12", 8, true)]
    [InlineData("12-12-12-12-12", 1, true)]
    // Two units would leave seven eighths.
    [InlineData("2-2-2", 8, false)]
    // Sixteen networks of these would not stay in the cache.
    [InlineData("64-64-64-64-64", 16, true)]
    [InlineData("784-64-64-10", 16, true)]
    public void Registers_hold_what_fills_them_and_stays_in_the_cache(string widths, int lanes, bool isByUnit)
    {
        var shape = new MlpShape([.. widths.Split('-').Select(int.Parse)], 0.1, HasBias: false, HasOutputActivation: false);
        Assert.Equal(isByUnit, ArrangementRule.IsByUnit(shape, lanes, count: 16, bytes: 4));
    }
}
