using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>
/// A short campaign of `tools/chaos`; long ones, and the kinds of faults that a short one leaves out, are in docs/dependability.md.
/// </summary>
public sealed class ChaosCampaign
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public void Two_minutes_of_killed_stopped_and_starved_processes_lose_and_change_no_result()
    {
        // This seed draws most states of a commit early.
        using var folder = new TemporaryFolder();
        var campaign = SweeperProcess.Tool(folder.Path, "chaos", ["--minutes", "2", "--seed", "2"], Patience);

        Assert.True(campaign.ExitCode == 0, campaign.Error + campaign.Output);
        Assert.Contains("results lost or changed: 0", campaign.Output, StringComparison.Ordinal);
    }
}
