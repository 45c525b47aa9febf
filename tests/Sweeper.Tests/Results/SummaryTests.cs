using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>`summaries.parquet`.</summary>
public class SummaryTests
{
    [Fact]
    public void Summaries_are_the_last_the_smallest_and_the_largest_value_of_every_trial()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        Assert.Empty(Duck.Query(
            $"""
            WITH expected AS (SELECT trial_id, source, metric, split, component, index, member, arg_max(value, step) AS final,
              min(value) AS min, arg_min(step, value) AS argmin_step, max(value) AS max, arg_max(step, value) AS argmax_step
              FROM '{folder.Segments}/*.parquet' GROUP BY ALL)
            (FROM expected EXCEPT FROM '{folder.Summaries}') UNION ALL (FROM '{folder.Summaries}' EXCEPT FROM expected)
            """));
        Assert.Equal(24L * 5, Duck.Query($"SELECT count(*) FROM '{folder.Summaries}'")[0][0]);
    }

    [Fact]
    public void Summaries_of_an_older_version_are_derived_anew_and_curves_keep_their_bytes()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var curves = File.ReadAllBytes(folder.Curves);
        var summaries = Duck.Query($"FROM '{folder.Summaries}'");
        Duck.Query($"COPY (SELECT * EXCLUDE (max, argmax_step) FROM '{folder.Summaries}') TO '{temporary.In("old.parquet")}'");
        File.Move(temporary.In("old.parquet"), folder.Summaries, overwrite: true);
        // Version 1 had one fingerprint for both files.
        var index = JsonNode.Parse(File.ReadAllText(folder.Derived))!;
        index["summaries.parquet"]!["inputs"] = index["curves.parquet"]!["inputs"]!.GetValue<string>();
        index["summaries.parquet"]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.Summaries)));
        File.WriteAllText(folder.Derived, index.ToJsonString());

        var largest = new TrialValues(new SeriesChoice("loss"), new Reduction.Maximum());
        var refused = Assert.Throws<SweepException>(() => PairedDifferences.Read(folder.Path, largest, "noise", [], null));
        Assert.Contains("sweeper aggregate", refused.Remedy, StringComparison.Ordinal);

        SyntheticSweep.Run(plan, folder.Path);
        Assert.Equal(summaries, Duck.Query($"FROM '{folder.Summaries}'"));
        Assert.Equal(curves, File.ReadAllBytes(folder.Curves));
        Assert.NotEmpty(PairedDifferences.Read(folder.Path, largest, "noise", [], null).Rows);
    }
}
