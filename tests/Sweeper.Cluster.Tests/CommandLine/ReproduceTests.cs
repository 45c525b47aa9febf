using System.Security.Cryptography;

namespace Sweeper.Cluster.Tests.CommandLine;

public sealed class ReproduceTests
{
    private static string Sweep(string name, string bound, string more = "") =>
        $$"""
        # Losses fall & rise <again>.
        # In the end they are low.
        sweep: {{name}}
        experiment: teacher-student
        fixed: { steps: 20, init_scale: 0.6 }
        grid: { depth: [2, 3] }
        seeds: 2
        measure: [ { at: [0, 20], metrics: [relative_loss] } ]
        figures: [relative_loss]
        paper: "A work, figure 1"
        chosen: { init_scale: not said }
        expect:
          - { entry: 1a, claim: The loss stays below {{bound}}, expected: less, breaks_when: [scale relative_loss by 100],
              sql: "SELECT max(mean) < {{bound}} AS ok, max(mean) AS value FROM curves WHERE metric = 'relative_loss'"{{more}} }
        profiles:
          quick: { fixed: { steps: 10 }, measure: [ { at: end, metrics: [relative_loss] } ] }
        """;

    [Fact]
    public void Sweeps_are_run_asked_and_put_on_a_page_that_needs_nothing_beside_it()
    {
        using var temporary = new TemporaryFolder();
        var (results, page, html) = (temporary.In("results"), temporary.In("docs/page.md"), temporary.In("all.html"));
        Directory.CreateDirectory(temporary.In("sweeps/one"));
        Directory.CreateDirectory(temporary.In("docs"));
        File.WriteAllText(temporary.In("sweeps/one/fig2.yaml"), Sweep("high", "10"));
        File.WriteAllText(
            temporary.In("sweeps/one/fig10.yaml"),
            Sweep("low", "0.001", ", cause: it is too low").Replace("not said }", "not said, all: no text }", StringComparison.Ordinal));
        File.WriteAllText(temporary.In("sweeps/other.yaml"), Sweep("other", "0.001"));
        SweeperProcess Run(params string[] arguments) => SweeperProcess.Run(temporary.Path, arguments);

        var ended = Run("reproduce", temporary.In("sweeps/one/*"), "--results", results, "--page", page, "--html", html);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Contains("high: 1 claim: 1 hold, 0 near, 0 fail", ended.Output, StringComparison.Ordinal);
        Assert.Contains("low: 1 claim: 0 hold, 0 near, 1 fail (1 for a stated cause)", ended.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["high", "low"], Directory.GetDirectories(results).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        var written = File.ReadAllText(html);
        Assert.Equal(2, written.Split("src=\"data:image/").Length - 1);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(written, "<img alt=\"[^\"]*\" width=\"[1-9][0-9]+\""));
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", written);
        Assert.Contains("Losses fall &amp; rise &lt;again&gt;. In the end they are low.", written, StringComparison.Ordinal);
        Assert.Contains("<td>init_scale</td><td>0.6</td><td>not said</td>", written, StringComparison.Ordinal);
        Assert.Contains("<td>depth</td><td>2, 3</td><td>the paper's</td>", written, StringComparison.Ordinal);
        Assert.Contains("<td>depth</td><td>2, 3</td><td>no text</td>", written, StringComparison.Ordinal);
        Assert.Equal(2, written.Split("<td>init_scale</td><td>0.6</td><td>not said</td>").Length - 1);
        Assert.Contains("A work, figure 1", written, StringComparison.Ordinal);
        Assert.Contains("Cause: it is too low", written, StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(
            [.. File.ReadAllBytes(temporary.In("results/high/sweep.yaml")),
                .. File.ReadAllBytes(temporary.In("results/high/curves.parquet"))]));
        Assert.Contains(hash, written, StringComparison.Ordinal);
        Assert.Contains(hash, ended.Output, StringComparison.Ordinal);
        var markdown = File.ReadAllText(page);
        Assert.Contains("1a is missed: it is too low", markdown, StringComparison.Ordinal);
        Assert.InRange(markdown.IndexOf("## high", StringComparison.Ordinal), 0, markdown.IndexOf("## low", StringComparison.Ordinal));
        Assert.Contains("(images/reproduction/high/relative_loss.png)", markdown, StringComparison.Ordinal);
        Assert.True(File.Exists(temporary.In("docs/images/reproduction/high/relative_loss.png")));

        var again = Run("reproduce", temporary.In("sweeps/one/fig2.yaml"), temporary.In("sweeps/other.yaml"), "--results", results);
        Assert.Equal(7, again.ExitCode);
        Assert.Contains("high: nothing to do", again.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(temporary.In("results/reproduction.html")));

        var quick = Run("reproduce", temporary.In("sweeps/*"), "--profile", "quick", "--results", temporary.In("quick"));
        Assert.True(quick.ExitCode == 0, quick.Output + quick.Error);
        Assert.Equal(3, Directory.GetDirectories(temporary.In("quick"), "*@quick").Length);
        Assert.Contains(
            "<td>steps</td><td>10</td><td>of the profile, otherwise 20</td>",
            File.ReadAllText(temporary.In("quick/reproduction.html")), StringComparison.Ordinal);
    }
}
