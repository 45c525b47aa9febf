using Sweeper.Core.Errors;
using Xunit;

namespace Sweeper.Tests.Errors;

public sealed class FailpointTests
{
    [Fact]
    public void A_rule_names_a_place_a_hit_and_an_action()
    {
        Assert.Equal(new FailpointRule("merge", 1, FailpointAction.Kill), FailpointRule.Parse("merge=kill"));
        Assert.Equal(new FailpointRule("first_chunk", 3, FailpointAction.Stall), FailpointRule.Parse("first_chunk:3=stall"));
        Assert.Null(FailpointRule.Parse(""));
        Assert.Null(FailpointRule.Parse(null));
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("merge=explode")]
    [InlineData("merge:0=kill")]
    [InlineData("merge:x=kill")]
    [InlineData("=kill")]
    [InlineData("merge=kill=kill")]
    public void A_rule_that_means_nothing_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => FailpointRule.Parse(text));
    }

    [Fact]
    public void Without_a_rule_nothing_happens()
    {
        Failpoint.Hit("journal");
    }
}
