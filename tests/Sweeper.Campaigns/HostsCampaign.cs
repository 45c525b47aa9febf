using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>
/// A short campaign on three hosts whose network breaks; longer ones, with every kind of fault, are in docs/dependability.md.
/// </summary>
public sealed class HostsCampaign
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    [Fact]
    public void Cut_and_vanished_hosts_lose_and_change_no_result_and_workers_are_back_within_a_minute()
    {
        using var folder = new TemporaryFolder();
        var sweep = Path.Combine(Repository.Root, "tools/chaos/sweeps/noise.yaml");
        var campaign = SweeperProcess.Tool(
            folder.Path, "chaos", ["--hosts", "3", "--minutes", "1", "--seed", "1", "--sweep", sweep], Patience);

        Assert.SkipWhen(campaign.Output.StartsWith("not tried: ", StringComparison.Ordinal), campaign.Output);
        Assert.True(campaign.ExitCode == 0, campaign.Error + campaign.Output);
        Assert.Contains("results lost or changed: 0", campaign.Output, StringComparison.Ordinal);
    }
}
