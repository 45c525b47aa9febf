using System.Globalization;
using System.Security.Cryptography;
using Sweeper.Cluster.Tests.CommandLine;
using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Campaigns;

/// <summary>A sweep that was trained in parts, in folders of their own, and merged.</summary>
public sealed class MergeCampaign
{
    private const int Killed = 128 + 9;
    private const string Text = """
        experiment: teacher-student
        fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, learning_rate: 1e-2,
          student: linear, teacher: linear }
        sweep: parts
        grid: { noise: { linspace: [0, 1, 3] }, steps: [3000] }
        seeds: 4
        lanes: 4
        measure: [ { at: { every: 1000 }, metrics: [loss] } ]
        keep: { weights: final }
        """;

    /// <summary>
    /// The whole, two parts by a condition that have trials in common, the first of which paused after every measurement, and two by seeds.
    /// </summary>
    private static readonly Lazy<Dictionary<string, byte[]>> Trained = new(() =>
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), Text);
        foreach (var (name, arguments) in (IEnumerable<(string, string)>)
            [("whole", ""), ("low", "--only 'noise < 1'"), ("high", "--only 'noise > 0'"), ("early", "--seeds 0..1"),
                ("late", "--seeds 2..3")])
        {
            var checkpoints = name == "low" ? "SWEEPER_CHECKPOINT_SECONDS=0 " : "";
            var run = SweeperProcess.Shell(folder.Path, $"{checkpoints}$SWEEPER run sweep.yaml --results {name} {arguments}");
            Assert.True(run.ExitCode == 0, run.Error);
        }

        return FolderCopy.Read(folder.Path);
    });

    [Theory]
    [InlineData("low/parts", "high/parts")]
    [InlineData("merged", "high/parts", "low/parts")]
    [InlineData("late/parts", "early/parts")]
    public void Parts_give_the_curves_of_the_whole(params string[] folders)
    {
        using var folder = New();
        var sources = folders[1..].ToDictionary(source => source, source => Hashes(folder, source));

        var merged = SweeperProcess.Run(folder.Path, ["merge", .. folders]);

        Assert.True(merged.ExitCode == 0, merged.Error);
        Assert.Equal(CurvesHash(folder, "whole/parts"), CurvesHash(folder, folders[0]));
        Assert.All(sources, source => Assert.Equal(source.Value, Hashes(folder, source.Key)));
        // Every trial counts once: three steps after the first one, two splits.
        Assert.Equal("96 12", Ask(folder, folders[0], "SELECT count(*) || ' ' || count(DISTINCT trial_id) FROM measurements"));
        var resumed = SweeperProcess.Run(folder.Path, ["resume", folders[0], "--all"]);
        Assert.Contains("nothing to do, 0 new, 12 kept", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(CurvesHash(folder, "whole/parts"), CurvesHash(folder, folders[0]));
    }

    [Fact]
    public void A_merged_trial_can_be_trained_again_to_the_bit_and_has_its_weights()
    {
        using var folder = New();
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["merge", "early/parts", "late/parts", "low/parts"]).ExitCode);
        var trial = Ask(folder, "early/parts", "SELECT trial_id FROM trials WHERE seed = 3 AND noise = 1");

        Assert.Contains(
            "identical: all 8 rows", SweeperProcess.Run(folder.Path, ["rerun", "early/parts", trial]).Output, StringComparison.Ordinal);
        var pack = Ask(folder, "early/parts", $"SELECT pack FROM trials WHERE trial_id = '{trial}'");
        Assert.True(File.Exists(folder.In($"early/parts/weights/{pack}-0.safetensors")));
        // All of the third folder was there already: nothing of it was copied.
        Assert.Contains("nothing to remove", SweeperProcess.Run(folder.Path, ["prune", "early/parts"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("staging:2")]
    [InlineData("journal")]
    [InlineData("before_rename:2")]
    [InlineData("after_rename:2")]
    [InlineData("merge")]
    public void Killed_anywhere_a_merge_loses_nothing_and_done_again_it_ends(string failpoint)
    {
        using var folder = New();
        var sources = Hashes(folder, "high/parts");
        var committed = JournalReader.Read(folder.In("low/parts")).OfType<JournalEntry.Committed>().Count();

        Assert.Equal(Killed, SweeperProcess.Run(folder.Path, ["merge", "low/parts", "high/parts"], $"{failpoint}=kill").ExitCode);

        Assert.Equal(sources, Hashes(folder, "high/parts"));
        Assert.Equal(committed, JournalReader.Read(folder.In("low/parts")).OfType<JournalEntry.Committed>().Count());
        var again = SweeperProcess.Run(folder.Path, ["merge", "low/parts", "high/parts"]);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(CurvesHash(folder, "whole/parts"), CurvesHash(folder, "low/parts"));
        Assert.Empty(Directory.EnumerateFiles(folder.In("low/parts/staging")));
    }

    [Fact]
    public void What_does_not_belong_together_or_is_being_written_is_refused_and_nothing_changes()
    {
        using var folder = New();
        var run = SweeperProcess.Run(folder.Path, ["run", "sweep.yaml", "--set", "steps=1000", "--seeds", "1", "--results", "short"]);
        Assert.True(run.ExitCode == 0, run.Error);
        File.WriteAllText(folder.In("other.yaml"), Text.Replace("sweep: parts", "sweep: other", StringComparison.Ordinal));
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", "other.yaml", "--seeds", "1"]).ExitCode);
        var before = Hashes(folder, "early/parts");

        Refused(5, "this is sweep 'other' of experiment 'teacher-student', not 'parts'", "early/parts", "results/other");
        Refused(2, "differ in more than seeds", "early/parts", "short/parts");
        Refused(2, "the target and a source", "early/parts", "early/parts");
        Refused(2, "there is no results folder 'nowhere'", "early/parts", "nowhere");
        var claim = folder.In("late/parts/lock.99");
        File.WriteAllText(claim,
            string.Create(CultureInfo.InvariantCulture, $"host {Environment.MachineName}, process {Environment.ProcessId}, epoch 99\n"));
        Refused(5, $"process {Environment.ProcessId} on {Environment.MachineName} is writing", "early/parts", "late/parts");
        File.WriteAllText(claim, "host elsewhere, process 7, epoch 99\n");
        Refused(5, "delete late/parts/lock.99", "early/parts", "late/parts");
        Assert.Equal(before, Hashes(folder, "early/parts"));

        // With a sweep file that has all of them it is merged, and short ones stand beside long ones.
        File.WriteAllText(folder.In("both.yaml"), Text.Replace("steps: [3000]", "steps: [1000, 3000]", StringComparison.Ordinal));
        var merged = SweeperProcess.Run(folder.Path, ["merge", "early/parts", "short/parts", "--sweep", "both.yaml"]);
        Assert.True(merged.ExitCode == 0, merged.Error);
        Assert.Contains("3 trials merged", merged.Output, StringComparison.Ordinal);
        Assert.Contains("15 new, 9 kept", merged.Output, StringComparison.Ordinal);

        void Refused(int exitCode, string message, params string[] folders)
        {
            var refused = SweeperProcess.Run(folder.Path, ["merge", .. folders]);
            Assert.Equal(exitCode, refused.ExitCode);
            Assert.Contains(message, refused.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        }
    }

    private static TemporaryFolder New()
    {
        var folder = new TemporaryFolder();
        FolderCopy.Write(Trained.Value, folder.Path);
        return folder;
    }

    private static string Ask(TemporaryFolder folder, string results, string sql)
    {
        var asked = SweeperProcess.Run(folder.Path, ["query", results, sql, "--format", "csv"]);
        Assert.True(asked.ExitCode == 0, asked.Error);
        return asked.Output.Split('\n')[1].Trim('"');
    }

    private static string CurvesHash(TemporaryFolder folder, string results) =>
        Hashes(folder, results)[Path.Combine(folder.In(results), "curves.parquet")];

    private static Dictionary<string, string> Hashes(TemporaryFolder folder, string results) => Directory
        .GetFiles(folder.In(results), "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
}
