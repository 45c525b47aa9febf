using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>What somebody with the cluster's certificate can do to a coordinator by frames that no member sends.</summary>
public sealed class FrameCampaign
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public void Ten_thousand_frames_that_no_member_sends_harm_neither_the_coordinator_nor_its_sweep()
    {
        using var folder = new TemporaryFolder();
        var campaign = SweeperProcess.Tool(folder.Path, "chaos", ["--frames", "10000", "--seed", "1"], Patience);

        Assert.True(campaign.ExitCode == 0, campaign.Error + campaign.Output);
        Assert.Contains("same process, same curves.parquet, no file elsewhere", campaign.Output, StringComparison.Ordinal);
    }
}
