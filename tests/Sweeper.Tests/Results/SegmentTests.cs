using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Results;

public class SegmentTests
{
    private const string Order = "step, metric, split, component, index, member, source, curve_id, seed";

    [Fact]
    public void Rows_stand_in_canonical_order_with_the_seeds_of_a_curve_side_by_side()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        foreach (var segment in Directory.EnumerateFiles(folder.Segments))
        {
            var misplaced = Duck.Query(
                $"""
                WITH rows AS (SELECT m.*, t.curve_id, t.seed, m.file_row_number AS place
                  FROM read_parquet('{segment}', file_row_number = true) m JOIN '{folder.Trials}' t USING (trial_id))
                SELECT * FROM (SELECT place, row_number() OVER (ORDER BY {Order}) - 1 AS expected FROM rows) WHERE place <> expected
                """);
            Assert.Empty(misplaced);
        }
    }

    [Fact]
    public void Every_value_is_read_back_by_DuckDB_bit_for_bit()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var stored = Duck.Query($"SELECT trial_id, step, metric, split, index, value FROM '{folder.Segments}/*.parquet'")
            .ToDictionary(row => ((string)row[0]!, (long)row[1]!, (string)row[2]!, (string)row[3]!, (int)row[4]!), row => (double)row[5]!);
        Assert.Equal(plan.TrialCount * (4 * 2 + 2 * 3), stored.Count);
        for (var i = 0L; i < plan.TrialCount; i++)
        {
            var trial = plan.TrialAt(i);
            foreach (var key in stored.Keys.Where(key => key.Item1 == trial.Id.Hex))
            {
                Assert.Equal(SyntheticSweep.Value(trial, key.Item2, key.Item3, key.Item4, key.Item5), stored[key]);
            }
        }
    }

    [Fact]
    public void The_schema_is_the_promised_one()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var segment = Directory.EnumerateFiles(folder.Segments).First();
        Assert.Equal(
            [
                "trial_id VARCHAR", "member INTEGER", "step BIGINT", "source VARCHAR", "metric VARCHAR", "split VARCHAR",
                "component VARCHAR", "index INTEGER", "value DOUBLE",
            ],
            Duck.Query($"DESCRIBE SELECT * FROM '{segment}'").Select(row => $"{row[0]} {row[1]}"));
        var encodings = Duck.Query($"SELECT path_in_schema, encodings, compression FROM parquet_metadata('{segment}')");
        Assert.All(encodings, row => Assert.Equal("ZSTD", row[2]));
        Assert.Contains("BYTE_STREAM_SPLIT", (string)encodings.Single(row => (string)row[0]! == "value")[1]!, StringComparison.Ordinal);
        Assert.Contains("DICTIONARY", (string)encodings.Single(row => (string)row[0]! == "trial_id")[1]!, StringComparison.Ordinal);
        Assert.Contains(
            "sweeper.trials", Duck.Query($"SELECT decode(key) FROM parquet_kv_metadata('{segment}')").Select(row => (string)row[0]!));
    }

    [Fact]
    public void Equal_rows_give_equal_bytes_however_they_arrive()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var work = plan.WorkFor(plan.Packs[0], (_, _) => true);
        using var folder = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        var whole = SyntheticSweep.Stage(folder, work, lease: 1);
        using var draft = folder.Segments.Begin(new SegmentHeader(work.Pack.Id, 2, 0, work.Trials, work.Wanted, work.Schedule));
        foreach (var step in SyntheticSweep.Blocks(work).GroupBy(block => block.Step))
        {
            foreach (var block in step.Reverse())
            {
                for (var i = block.Trials.Length - 1; i >= 0; i--)
                {
                    draft.Append(
                        block with { Trials = block.Trials.Slice(i, 1), Values = block.Values.Slice(i * block.Width, block.Width) });
                }
            }
        }

        var pieces = draft.Close();
        Assert.Equal(whole.Sha256, pieces.Sha256);
        Assert.Equal((whole.Name, whole.Bytes, whole.Rows), (pieces.Name, pieces.Bytes, pieces.Rows));
        Assert.NotEqual(whole.StagedName, pieces.StagedName);
    }

    [Fact]
    public void Undefined_is_null_and_infinity_stays()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var work = plan.WorkFor(plan.Packs[0], (_, _) => true);
        using var folder = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        using var draft = folder.Segments.Begin(new SegmentHeader(work.Pack.Id, 1, 0, work.Trials, work.Wanted, work.Schedule));
        draft.Append(new MeasurementBlock(
            0, new SeriesKey(MeasurementSource.Theory, "loss", "train", "W1", 3), new[] { 1 }, 3,
            new[] { double.NaN, double.PositiveInfinity, -0.0 }));
        var staged = draft.Close();
        folder.Segments.Publish(staged);
        var rows = Duck.Query($"SELECT value, source, component, member, index FROM '{temporary.In("synthetic")}/segments/{staged.Name}'");
        Assert.Equal([null, "theory", "W1", 3, 0], rows[0]);
        Assert.Equal(double.PositiveInfinity, rows[1][0]);
        Assert.True(double.IsNegative((double)rows[2][0]!));
    }

    [Fact]
    public void A_draft_that_is_given_up_leaves_nothing()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var work = plan.WorkFor(plan.Packs[0], (_, _) => true);
        using var folder = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        using (var draft = folder.Segments.Begin(new SegmentHeader(work.Pack.Id, 1, 0, work.Trials, work.Wanted, work.Schedule)))
        {
            draft.Append(SyntheticSweep.Blocks(work).First());
            Assert.Throws<ArgumentException>(() => draft.Append(SyntheticSweep.Blocks(work).First() with { Step = -1 }));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(new ResultFolder(temporary.In("synthetic")).Staging));
        folder.Segments.Discard(SyntheticSweep.Stage(folder, work, lease: 2));
        Assert.Empty(Directory.EnumerateFileSystemEntries(new ResultFolder(temporary.In("synthetic")).Staging));
    }

    [Fact]
    public void Only_the_bytes_that_were_closed_are_intact()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        using var folder = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        var staged = SyntheticSweep.Stage(folder, plan.WorkFor(plan.Packs[0], (_, _) => true), lease: 1);
        Assert.False(folder.Segments.IsIntact(staged));
        folder.Segments.Publish(staged);
        Assert.True(folder.Segments.IsIntact(staged));
        Damage(new ResultFolder(temporary.In("synthetic")).Segment(staged.Name));
        Assert.False(folder.Segments.IsIntact(staged));
    }

    [Fact]
    public void Row_groups_hold_a_hundred_thousand_rows_and_more_but_the_last()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var work = plan.WorkFor(plan.Packs[0], (_, _) => true);
        using var folder = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        using var draft = folder.Segments.Begin(new SegmentHeader(work.Pack.Id, 1, 0, work.Trials, work.Wanted, work.Schedule));
        int[] all = [.. work.Wanted];
        for (var step = 0; step < 5; step++)
        {
            draft.Append(new MeasurementBlock(
                step, new SeriesKey(MeasurementSource.Run, "loss", "", ""), all, 10_000, new double[10_000 * all.Length]));
        }

        var staged = draft.Close();
        Assert.Equal(200_000, staged.Rows);
        folder.Segments.Publish(staged);
        var groups = Duck.Query(
            "SELECT DISTINCT row_group_id, row_group_num_rows FROM "
            + $"parquet_metadata('{temporary.In("synthetic")}/segments/{staged.Name}') ORDER BY 1");
        Assert.Equal(2, groups.Count);
        Assert.InRange((long)groups[0][1]!, 100_000, 200_000);
    }

    internal static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 3] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
