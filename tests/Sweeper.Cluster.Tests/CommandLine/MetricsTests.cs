using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>`coordinator --metrics`, and what docs/operations.md says of it.</summary>
public sealed partial class MetricsTests
{
    private const string Page = "docs/operations.md";

    /// <summary>Prometheus' own.</summary>
    private static readonly string[] NotServed = ["up"];

    [Fact]
    public async Task A_coordinator_serves_the_numbers_of_its_sweeps_under_the_names_that_are_documented()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = ManySweep.NewFolder();
        var port = FreePort();
        using var coordinator = new BackgroundProcess(
            folder.Path, "coordinator", "--bind", "127.0.0.1", "--metrics", port.ToString(CultureInfo.InvariantCulture));
        coordinator.AwaitOutput("coordinator at");
        using var http = new HttpClient();
        Task<string> Scrape(string host = "127.0.0.1") => http.GetStringAsync(new Uri($"http://{host}:{port}/metrics"), cancellation);

        var before = Samples(await Scrape());
        Assert.Equal(0, before["sweeper_sweeps{state=\"open\"}"]);
        Assert.DoesNotContain(before.Keys, name => name.StartsWith("sweeper_trials", StringComparison.Ordinal));

        using (var worker = new BackgroundProcess(folder.Path, "worker", "--bind", "127.0.0.1"))
        {
            worker.AwaitOutput("works for");
            var submitted = SweeperProcess.Run(folder.Path, ["submit", ManySweep.File, "--bind", "127.0.0.1"]);
            Assert.True(submitted.ExitCode == 0, submitted.Error);
        }

        var text = await Scrape("localhost");
        var after = Samples(text);
        // Twelve noises with two seeds, and nothing went wrong.
        var labels = $"folder=\"{folder.In("results/many")}\"";
        Assert.Equal(24, after[$"sweeper_trials{{{labels},state=\"committed\",sweep=\"many\"}}"]);
        Assert.Equal(0, after[$"sweeper_trials{{{labels},state=\"pending\",sweep=\"many\"}}"]);
        Assert.Equal(0, after[$"sweeper_sweep_open{{{labels},sweep=\"many\"}}"]);
        Assert.Equal(0, after[$"sweeper_trials_diverged{{{labels},sweep=\"many\"}}"]);
        Assert.Equal(0, after[$"sweeper_attempts_ended_total{{{labels},kind=\"lost\",sweep=\"many\"}}"]);
        Assert.InRange(
            after[$"sweeper_last_commit_timestamp_seconds{{{labels},sweep=\"many\"}}"],
            DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeSeconds());
        // At least one line for each of the twelve packs' leases and commits, in some writes.
        Assert.InRange(after["sweeper_journal_sync_seconds_count{sweep=\"many\"}"], 1, 100);
        Assert.InRange(after[$"sweeper_results_free_bytes{{folder=\"{folder.Path}\"}}"], 1, 1e18);

        var served = Type().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Equal(served.Order(StringComparer.Ordinal), Documented().Except(NotServed).Order(StringComparer.Ordinal));
        var known = served.Concat(NotServed).Concat(served.Select(name => $"{name}_bucket")).ToHashSet();
        Assert.Equal("", string.Join(' ',
            Rules().SelectMany(rule => Name().Matches(rule.Expression)).Select(match => match.Value).Where(name => !known.Contains(name))));

        using var second = new BackgroundProcess(
            folder.Path, "coordinator", "--bind", "127.0.0.1", "--cluster", "other/cluster.json", "--metrics", $"127.0.0.1:{port}");
        Assert.Equal(5, second.AwaitExit());
        Assert.Contains("metrics cannot be served", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_documented_metric_has_an_alert_and_every_alert_a_name_of_its_own()
    {
        var rules = Rules();
        Assert.Equal(rules.Count, rules.Select(rule => rule.Alert).Distinct().Count());
        Assert.All(rules,
            rule => Assert.Equal(rule.Expression.Count(letter => letter == '('), rule.Expression.Count(letter => letter == ')')));
        var watched = rules.SelectMany(rule => Name().Matches(rule.Expression))
            .Select(match => match.Value.Replace("_bucket", "", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(Documented().Order(StringComparer.Ordinal), watched.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_alert_about_the_state_of_a_sweep_asks_whether_the_sweep_is_open()
    {
        // What grows with events alone says nothing of a sweep that is over, and its rate dies away.
        string[] states = ["sweeper_trials", "sweeper_trials_diverged", "sweeper_last_commit_timestamp_seconds", "sweeper_leases"];
        var about = Rules().Where(rule => Name().Matches(rule.Expression).Any(name => states.Contains(name.Value))).ToList();
        Assert.Equal(5, about.Count);
        Assert.All(about,
            rule => Assert.Contains("and on(sweep, folder) sweeper_sweep_open == 1", rule.Expression, StringComparison.Ordinal));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Dictionary<string, double> Samples(string text) => text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));

    private static IEnumerable<string> Documented() =>
        Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, Page)).Split("## Metrics and alerts")[1])
            .Select(row => row.Groups[1].Value);

    private static List<(string Alert, string Expression)> Rules()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Assert.Single(Markdown.Blocks(Page), block => block.Info == "yaml fragment").Text));
        var group = (YamlMappingNode)((YamlSequenceNode)yaml.Documents[0].RootNode["groups"])[0];
        return [.. ((YamlSequenceNode)group["rules"])
            .Select(rule => (((YamlScalarNode)rule["alert"]).Value!, ((YamlScalarNode)rule["expr"]).Value!))];
    }

    [GeneratedRegex(@"(?m)^# TYPE (\w+) \w+")]
    private static partial Regex Type();

    [GeneratedRegex(@"(?<=\n)\| `(\w+)` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\bsweeper_\w+|\bup\b")]
    private static partial Regex Name();
}
