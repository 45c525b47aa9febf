using Sweeper.Cluster.Faults;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Errors;

namespace Sweeper.Cluster.Tests.Faults;

/// <summary>Which messages are lost and doubled on purpose.</summary>
public sealed class MessageFaultRuleTests
{
    [Fact]
    public void A_rule_is_read_and_survives_the_configuration_of_a_node()
    {
        var rule = MessageFaultRule.Parse("loss=0.02,duplicate=1e-3,seed=7");

        Assert.Equal(new MessageFaultRule(0.02, 0.001, 7), rule);
        Assert.Equal(rule, MessageFaultRule.FromConfig(rule!.ToConfig()));
        Assert.Equal(new MessageFaultRule(0, 0.5, 0), MessageFaultRule.Parse("duplicate=0.5"));
        Assert.Null(MessageFaultRule.Parse(null));
        Assert.Null(MessageFaultRule.Parse(""));
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("loss=")]
    [InlineData("loss=2")]
    [InlineData("loss=-0.1")]
    [InlineData("loss=NaN")]
    [InlineData("seed=1.5")]
    [InlineData("delay=3")]
    [InlineData("loss=0.6,duplicate=0.6")]
    public void Any_other_text_is_a_fault_with_a_remedy(string text)
    {
        var fault = Assert.Throws<SweepException>(() => MessageFaultRule.Parse(text));

        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Contains(text, fault.Message, StringComparison.Ordinal);
        Assert.Contains("loss=0.02,duplicate=0.02,seed=7", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_decides_the_same_and_the_shares_are_those_of_the_rule()
    {
        const int Messages = 100_000;
        var rule = new MessageFaultRule(0.02, 0.05, 7);
        int[] Copies(MessageFaultRule of)
        {
            var fate = new MessageFate(of);
            return [.. Enumerable.Range(0, Messages).Select(_ => fate.NextCopies())];
        }

        var copies = Copies(rule);
        Assert.Equal(copies, Copies(rule));
        Assert.NotEqual(copies, Copies(rule with { Seed = 8 }));

        // Five standard deviations of a binomial count: sqrt(n p (1 - p)).
        Assert.InRange(copies.Count(count => count == 0), 2000 - 222, 2000 + 222);
        Assert.InRange(copies.Count(count => count == 2), 5000 - 345, 5000 + 345);
        Assert.All(copies, count => Assert.InRange(count, 0, 2));
    }

    [Fact]
    public async Task Without_a_rule_nothing_is_installed()
    {
        await using var node = await TestNode.StartAsync(
            TestNode.Options(new MemoryFolders(), TestNode.Brisk) with { Credential = TestNode.Credential });
        var settings = node.System.Settings.Config;

        Assert.Equal(["guard"], settings.GetStringList("akka.remote.dot-netty.tcp.applied-adapters", []));
        Assert.False(settings.HasPath("akka.remote.adapters.faults"));
    }
}
