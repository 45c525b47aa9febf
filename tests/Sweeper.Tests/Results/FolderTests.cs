using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Results;

public class FolderTests
{
    [Fact]
    public void A_second_writer_is_refused_and_told_who_writes()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        var plan = SyntheticSweep.Plan();
        using (SyntheticSweep.Open(plan, path))
        {
            var refused = Assert.Throws<SweepException>(() => SyntheticSweep.Open(plan, path));
            Assert.Equal(ExitCode.Preflight, refused.ExitCode);
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        }

        SyntheticSweep.Open(plan, path).Dispose();
    }

    [Fact]
    public void Whoever_was_replaced_publishes_and_records_nothing_more()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        var plan = SyntheticSweep.Plan();
        using var folder = SyntheticSweep.Open(plan, path);
        var staged = SyntheticSweep.Stage(folder, plan.WorkFor(plan.Packs[0], (_, _) => true), lease: 1);
        // A file system without flock: another host claimed the next epoch.
        File.WriteAllText(new ResultFolder(path).Epoch(folder.Journal.Epoch + 1), "host b");
        Assert.Throws<SweepException>(() => folder.Segments.Publish(staged));
        Assert.Throws<SweepException>(() => folder.Journal.Append(new JournalEntry.NumericsFrozen("x")));
        Assert.Empty(Directory.EnumerateFiles(new ResultFolder(path).Segments));
    }

    [Fact]
    public void Each_writer_that_wrote_has_a_larger_epoch()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        for (var epoch = 1; epoch < 4; epoch++)
        {
            using var folder = SyntheticSweep.Open(plan, temporary.In("synthetic"));
            Assert.Equal(epoch, folder.Journal.Epoch);
            folder.Journal.Append(new JournalEntry.NumericsFrozen("x"));
        }
    }

    [Fact]
    public void Opening_and_deriving_again_changes_no_byte()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var before = Snapshot(folder.Path);
        SyntheticSweep.Run(SyntheticSweep.Plan("# a comment\n" + SyntheticSweep.Yaml), folder.Path);
        Assert.Equal(before, Snapshot(folder.Path));
        Assert.Contains("curves.parquet", before.Keys);
        Assert.Contains(Path.Combine("figures", "loss.svg"), before.Keys);
    }

    [Fact]
    public void The_folder_of_another_experiment_is_refused()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        File.WriteAllText(folder.Provenance, File.ReadAllText(folder.Provenance)
            .Replace("\"experiment\": \"synthetic\"", "\"experiment\": \"teacher\"", StringComparison.Ordinal));
        var before = Snapshot(folder.Path);
        var refused = Assert.Throws<SweepException>(() => SyntheticSweep.Open(SyntheticSweep.Plan(), folder.Path));
        Assert.Equal(ExitCode.Preflight, refused.ExitCode);
        Assert.Contains("'teacher'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(folder.Path));
    }

    [Fact]
    public void A_folder_of_a_newer_format_is_refused()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        File.WriteAllText(
            folder.Provenance, File.ReadAllText(folder.Provenance).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
        Assert.Contains(
            "format 2", Assert.Throws<SweepException>(() => SyntheticSweep.Open(SyntheticSweep.Plan(), folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_and_a_folder_of_something_else_are_refused_untouched()
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary.In("file"), "mine");
        Directory.CreateDirectory(temporary.In("photos"));
        File.WriteAllText(temporary.In("photos/cat.txt"), "cat");
        foreach (var name in (string[])["file", "photos", "file/below"])
        {
            Assert.Equal(
                ExitCode.Preflight,
                Assert.Throws<SweepException>(() => SyntheticSweep.Open(SyntheticSweep.Plan(), temporary.In(name))).ExitCode);
        }

        Assert.Equal(["cat.txt"], Directory.EnumerateFileSystemEntries(temporary.In("photos")).Select(Path.GetFileName));
    }

    [Fact]
    public void No_hyperparameter_takes_the_name_of_a_column_of_the_results()
    {
        ReservedNames.Check(SyntheticSweep.Experiment);
        Assert.Contains("'step', which is a column", Assert.Throws<SweepException>(() => ReservedNames.Check(new ExperimentDeclaration(
            "clumsy", 1, "", [Hyperparameter.Integer("step", Binding.Static, 1, "")], [], []))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_disk_is_one_message()
    {
        Assert.SkipUnless(Mount.IsPossible, "needs root to mount a small disk");
        using var temporary = new TemporaryFolder();
        using var disk = new Mount(temporary.In("disk"), "1m");
        disk.MakeReadOnly();
        var refused = Assert.Throws<SweepException>(() => SyntheticSweep.Open(SyntheticSweep.Plan(), Path.Combine(disk.Path, "synthetic")));
        Assert.Equal(ExitCode.Preflight, refused.ExitCode);
        Assert.Contains("--results", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_fills_up_loses_nothing_and_the_sweep_goes_on_once_there_is_space()
    {
        Assert.SkipUnless(Mount.IsPossible, "needs root to mount a small disk");
        using var temporary = new TemporaryFolder();
        using var disk = new Mount(temporary.In("disk"), "8m");
        var plan = SyntheticSweep.Plan();
        var path = Path.Combine(disk.Path, "synthetic");
        using (var folder = SyntheticSweep.Open(plan, path))
        {
            SyntheticSweep.Train(plan, folder, packs: plan.Packs.Take(2));
            disk.Fill();
            var refused = Assert.Throws<SweepException>(() => SyntheticSweep.Train(plan, folder));
            Assert.Equal(ExitCode.Preflight, refused.ExitCode);
            Assert.Contains("disk is full", refused.Message, StringComparison.Ordinal);
            Assert.Throws<SweepException>(
                () => folder.Derive(plan, SweepHistory.Fold(Sweeper.Results.Journaling.JournalReader.Read(path))));
        }

        disk.Fill();
        Assert.Throws<SweepException>(() => SyntheticSweep.Open(plan, path));
        disk.Free();
        var healed = SyntheticSweep.Run(plan, path);
        var reference = SyntheticSweep.Run(plan, temporary.In("reference"));
        Assert.Equal(File.ReadAllBytes(reference.Curves), File.ReadAllBytes(healed.Curves));
        Assert.Empty(Directory.EnumerateFileSystemEntries(healed.Staging));
    }

    [Fact]
    public void A_failed_sync_is_an_error()
    {
        using var pipe = new AnonymousPipeServerStream();
        using var handle = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        Assert.Throws<IOException>(() => Sync.File(handle, "pipe"));
        Assert.Throws<IOException>(() => Sync.Folder("/no/such/folder"));
    }

    internal static SortedDictionary<string, string> Snapshot(string path) => new(
        Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(path, file), FileHash.Of),
        StringComparer.Ordinal);
}
