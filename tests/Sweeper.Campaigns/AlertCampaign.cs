using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>The alert rules of docs/operations.md, played by Prometheus' own tool over what a coordinator says minute by minute.</summary>
public sealed class AlertCampaign
{
    /// <summary>A sweep that begins well, one that has stood still from its beginning, and one that was cancelled long ago.</summary>
    private const string Story = """
        rule_files: [rules.yml]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - { series: 'sweeper_workers', values: '2+0x120' }
              - { series: 'sweeper_sweep_open{sweep="good", folder="/good"}', values: '1+0x120' }
              - { series: 'sweeper_trials{sweep="good", folder="/good", state="pending"}', values: '24+0x120' }
              - { series: 'sweeper_trials{sweep="good", folder="/good", state="failed"}', values: '0+0x120' }
              - { series: 'sweeper_leases{sweep="good", folder="/good"}', values: '1+0x120' }
              - { series: 'sweeper_last_commit_timestamp_seconds{sweep="good", folder="/good"}', values: '0+60x120' }
              - { series: 'sweeper_sweep_open{sweep="still", folder="/still"}', values: '1+0x120' }
              - { series: 'sweeper_trials{sweep="still", folder="/still", state="pending"}', values: '24+0x120' }
              - { series: 'sweeper_trials{sweep="still", folder="/still", state="failed"}', values: '0+0x60 4+0x59' }
              - { series: 'sweeper_trials{sweep="still", folder="/still", state="committed"}', values: '10+0x120' }
              - { series: 'sweeper_trials_diverged{sweep="still", folder="/still"}', values: '5+0x60 6+0x59' }
              - { series: 'sweeper_leases{sweep="still", folder="/still"}', values: '0+0x120' }
              - { series: 'sweeper_last_commit_timestamp_seconds{sweep="still", folder="/still"}', values: '0+0x120' }
              - { series: 'sweeper_sweep_open{sweep="over", folder="/over"}', values: '0+0x120' }
              - { series: 'sweeper_trials{sweep="over", folder="/over", state="pending"}', values: '24+0x120' }
              - { series: 'sweeper_trials{sweep="over", folder="/over", state="failed"}', values: '4+0x120' }
              - { series: 'sweeper_trials{sweep="over", folder="/over", state="committed"}', values: '10+0x120' }
              - { series: 'sweeper_trials_diverged{sweep="over", folder="/over"}', values: '9+0x120' }
              - { series: 'sweeper_leases{sweep="over", folder="/over"}', values: '0+0x120' }
              - { series: 'sweeper_last_commit_timestamp_seconds{sweep="over", folder="/over"}', values: '0+0x120' }
            alert_rule_test:
              - { eval_time: 5m, alertname: SweeperIdle, exp_alerts: [] }
              - eval_time: 30m
                alertname: SweeperIdle
                exp_alerts: [ { exp_labels: { sweep: still, folder: /still } } ]
              - { eval_time: 30m, alertname: SweeperStalled, exp_alerts: [] }
              - eval_time: 40m
                alertname: SweeperStalled
                exp_alerts: [ { exp_labels: { sweep: still, folder: /still } } ]
              - { eval_time: 40m, alertname: SweeperNoWorkers, exp_alerts: [] }
              - { eval_time: 40m, alertname: SweeperTrialsFailed, exp_alerts: [] }
              - { eval_time: 59m, alertname: SweeperTrialsDiverge, exp_alerts: [] }
              - eval_time: 90m
                alertname: SweeperTrialsDiverge
                exp_alerts: [ { exp_labels: { sweep: still, folder: /still } } ]
              - eval_time: 90m
                alertname: SweeperTrialsFailed
                exp_alerts: [ { exp_labels: { sweep: still, folder: /still, state: failed } } ]
          - interval: 1m
            input_series:
              - { series: 'sweeper_workers', values: '0+0x60' }
              - { series: 'sweeper_sweep_open{sweep="many", folder="/many"}', values: '1+0x30 0+0x29' }
              - { series: 'sweeper_trials{sweep="many", folder="/many", state="pending"}', values: '24+0x60' }
            alert_rule_test:
              - { eval_time: 3m, alertname: SweeperNoWorkers, exp_alerts: [] }
              - { eval_time: 20m, alertname: SweeperNoWorkers, exp_alerts: [ { exp_labels: {} } ] }
              - { eval_time: 40m, alertname: SweeperNoWorkers, exp_alerts: [] }
        """;

    [Fact]
    public void Alerts_fire_for_a_sweep_that_stands_still_and_not_for_one_that_begins_or_is_over()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipUnless(
            SweeperProcess.Shell(folder.Path, "command -v promtool").ExitCode == 0, "promtool (Debian's package prometheus) is not here");
        File.WriteAllText(
            folder.In("rules.yml"), Assert.Single(Markdown.Blocks("docs/operations.md"), block => block.Info == "yaml fragment").Text);
        File.WriteAllText(folder.In("story.yml"), Story);
        var played = SweeperProcess.Shell(folder.Path, "promtool check rules rules.yml && promtool test rules story.yml");
        Assert.True(played.ExitCode == 0, played.Output + played.Error);
    }
}
