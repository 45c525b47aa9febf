using System.Text;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;
using Xunit;

namespace Sweeper.Tests.Results;

public class JournalTests
{
    private static readonly DateTimeOffset At = new(2024, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);

    private static readonly MeasureSchedule Schedule = new(
        [
            new Snapshot(0, [new MetricVersion("loss", 2)]), new Snapshot(5, [new MetricVersion("loss", 2)]),
            new Snapshot(9, [new MetricVersion("loss", 2), new MetricVersion("modes", 1)]),
        ]);

    private static readonly JournalEntry[] OneOfEach =
    [
        new JournalEntry.Opened("host \"a\"", 42, "0.1.0", At, "depth == 2", 12, "/results/cluster.json"),
        new JournalEntry.Planned("abcd", "sweep: x\n# ünïcode\n", 12, [new Pack(new PackId("abcd-0"), 0, 12, 16)], At),
        new JournalEntry.NumericsFrozen("torch 2.10 cpu float32"),
        new JournalEntry.Leased(new PackId("abcd-0"), 7, "worker-1", 2, At),
        new JournalEntry.AttemptEnded(new PackId("abcd-0"), 7, FailureKind.OutOfMemory, "2 GiB asked for", At),
        new JournalEntry.CommitGranted(
            new PackId("abcd-0"), 8, new StagedSegment("abcd-0-0.parquet", "abcd-0-0.lease-8.parquet", "ff00", 123, 45),
            new SegmentContent(
                [new TrialId("aa"), new TrialId("bb")], [new DivergedTrial(new TrialId("bb"), 5)], Schedule, "worker-1", 1.25)),
        new JournalEntry.Committed(new PackId("abcd-0"), 8, "abcd-0-0.parquet", At),
        new JournalEntry.Merged(
            new PackId("abcd-0").MergedAs("0f1e2d3c4b5a"),
            [new StagedSegment("abcd-0+0f1e2d3c-0.parquet", "abcd-0+0f1e2d3c-0.merged.parquet", "0f1e2d3c4b5a", 100, 8)],
            new SegmentContent([new TrialId("dd")], [], new MeasureSchedule([new Snapshot(0, [new MetricVersion("loss", 1)])]), "worker-2",
                1.5), "/results/b", At),
        new JournalEntry.PackFailed(new PackId("abcd-1"), [new TrialId("cc")], FailureKind.Error, "it threw", At),
        new JournalEntry.SegmentLost("abcd-0-0.parquet", "gone", At),
        new JournalEntry.Retried([new TrialId("cc")], At),
        new JournalEntry.Pruned(["abcd-0-0.parquet"], At),
        new JournalEntry.Split(
            new PackId("abcd-1"), [new Pack(new PackId("abcd-1.0"), 12, 2, 4), new Pack(new PackId("abcd-1.1"), 14, 2, 4)],
            FailureKind.Error, "it threw", At),
    ];

    [Fact]
    public void Every_kind_of_entry_survives_a_round_trip()
    {
        Assert.Equal(
            typeof(JournalEntry).GetNestedTypes().OrderBy(type => type.Name, StringComparer.Ordinal),
            OneOfEach.Select(entry => entry.GetType()).OrderBy(type => type.Name, StringComparer.Ordinal));
        foreach (var entry in OneOfEach)
        {
            var line = new JournalLine(3, entry).Encode();
            var read = JournalLine.Decode(line.AsSpan(0, line.Length - 1));
            Assert.Equal(3, read.Epoch);
            Assert.Equivalent(entry, read.Entry, strict: true);
            Assert.Equal(line, new JournalLine(3, read.Entry).Encode());
        }
    }

    [Fact]
    public void Every_line_is_one_JSON_object_with_its_epoch_and_event()
    {
        foreach (var entry in OneOfEach)
        {
            using var line = System.Text.Json.JsonDocument.Parse(new JournalLine(3, entry).Encode());
            Assert.Equal(3, line.RootElement.GetProperty("epoch").GetInt32());
            Assert.NotEmpty(line.RootElement.GetProperty("entry").GetProperty("event").GetString()!);
        }
    }

    [Fact]
    public void Any_changed_byte_of_a_line_is_noticed()
    {
        var line = new JournalLine(1, OneOfEach[3]).Encode();
        for (var place = 0; place < line.Length - 1; place++)
        {
            var changed = line[..^1];
            changed[place] ^= 1;
            Assert.Throws<FormatException>(() => JournalLine.Decode(changed));
        }
    }

    [Fact]
    public void A_line_cut_anywhere_is_set_aside_and_all_before_it_is_kept()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        var plan = SyntheticSweep.Plan();
        using (var folder = SyntheticSweep.Open(plan, path))
        {
            folder.Journal.Append(OneOfEach[0], OneOfEach[3]);
        }

        var journal = new ResultFolder(path).Journal;
        var whole = File.ReadAllBytes(journal);
        var line = new JournalLine(1, OneOfEach[4]).Encode();
        foreach (var cut in (int[])[1, line.Length / 2, line.Length - 1])
        {
            File.WriteAllBytes(journal, [.. whole, .. line[..cut]]);
            Assert.Equal(2, JournalReader.Read(path).Count);
            var notes = new List<string>();
            using (var folder = SyntheticSweep.Open(plan, path, notes))
            {
                Assert.Equal(2, folder.Journal.History.Count);
            }

            Assert.Equal(whole, File.ReadAllBytes(journal));
            Assert.Contains("incomplete line", Assert.Single(notes), StringComparison.Ordinal);
        }

        Assert.EndsWith(
            Encoding.UTF8.GetString(line[..^1]) + "\n", File.ReadAllText(new ResultFolder(path).TornJournal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_damaged_whole_line_is_refused_by_its_number(int number)
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        var plan = SyntheticSweep.Plan();
        using (var folder = SyntheticSweep.Open(plan, path))
        {
            folder.Journal.Append(OneOfEach[0], OneOfEach[3]);
        }

        var journal = new ResultFolder(path).Journal;
        var lines = File.ReadAllLines(journal);
        lines[number - 1] = lines[number - 1]
            .Replace("host", "hose", StringComparison.Ordinal).Replace("worker-1", "worker-2", StringComparison.Ordinal);
        File.WriteAllLines(journal, lines);
        foreach (var read in (Action[])[() => JournalReader.Read(path), () => SyntheticSweep.Open(plan, path)])
        {
            var refused = Assert.Throws<SweepException>(read);
            Assert.Equal(ExitCode.Preflight, refused.ExitCode);
            Assert.Equal($"{journal}:{number}", refused.Place);
            Assert.Contains("rebuilt from the segments", refused.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_of_a_writer_that_had_been_replaced_do_not_count()
    {
        byte[] bytes = [.. new JournalLine(1, OneOfEach[0]).Encode(), .. new JournalLine(2, OneOfEach[2]).Encode(),
            .. new JournalLine(1, OneOfEach[3]).Encode()];
        var text = JournalText.Parse(bytes, "journal.jsonl");
        Assert.Equal([typeof(JournalEntry.Opened), typeof(JournalEntry.NumericsFrozen)], text.Entries.Select(entry => entry.GetType()));
        Assert.Equal(2, text.LastEpoch);
    }

    [Fact]
    public void A_writer_that_slept_overwrites_no_line_of_the_one_that_took_its_place()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        using var sleeper = SyntheticSweep.Open(SyntheticSweep.Plan(), path);
        sleeper.Journal.Append(OneOfEach[0]);

        // It has looked whether it is still the writer, and fallen asleep; another host has written meanwhile.
        using (var other = new FileStream(new ResultFolder(path).Journal, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            other.Write(new JournalLine(sleeper.Journal.Epoch + 1, OneOfEach[2]).Encode());
        }

        sleeper.Journal.Append(OneOfEach[3]);
        Assert.Equal(
            [typeof(JournalEntry.Opened), typeof(JournalEntry.NumericsFrozen)], JournalReader.Read(path).Select(entry => entry.GetType()));
    }

    [Fact]
    public void A_disk_that_refuses_a_line_says_so_and_the_journal_goes_on_once_there_is_space()
    {
        Assert.SkipUnless(Mount.IsPossible, "needs root to mount a small disk");
        using var temporary = new TemporaryFolder();
        using var disk = new Mount(temporary.In("disk"), "256k");
        var plan = SyntheticSweep.Plan();
        using var folder = SyntheticSweep.Open(plan, Path.Combine(disk.Path, "synthetic"));
        folder.Journal.Append(OneOfEach[0]);
        disk.Fill();
        var tooLong = new JournalEntry.NumericsFrozen(new string('x', 100_000));
        var refused = Assert.Throws<SweepException>(() => folder.Journal.Append(tooLong));
        Assert.Equal(ExitCode.Preflight, refused.ExitCode);
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        disk.Free();
        folder.Journal.Append(OneOfEach[3]);
        Assert.Equal(
            [typeof(JournalEntry.Opened), typeof(JournalEntry.Leased)],
            JournalReader.Read(Path.Combine(disk.Path, "synthetic")).Select(entry => entry.GetType()));
    }
}
