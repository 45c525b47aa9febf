using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;
using Sweeper.Results.Merging;
using Xunit;

namespace Sweeper.Tests.Results;

public sealed class MergeTests
{
    private const string Numerics = "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict";
    private const string OtherNumerics = "torch 2.10.0, TorchSharp 0.107.0, cuda NVIDIA H100";

    private static readonly string First = SyntheticSweep.Yaml.Replace("seeds: 4", "seeds: 0..1", StringComparison.Ordinal);
    private static readonly string Second = SyntheticSweep.Yaml.Replace("seeds: 4", "seeds: 2..3", StringComparison.Ordinal);

    [Fact]
    public void Parts_by_seeds_have_the_curves_of_the_whole_and_merging_again_changes_nothing()
    {
        using var temporary = new TemporaryFolder();
        var whole = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("whole"));
        var one = Train(temporary.In("one"), First);
        var two = Train(temporary.In("two"), Second);
        var (ofOne, ofTwo) = (FolderTests.Snapshot(one), FolderTests.Snapshot(two));

        var part = Assert.Single(Merge(one, SyntheticSweep.Plan(First), two));

        Assert.Equal((12, 0, 0, 0), (part.New, part.Known, part.Failed, part.Paused));
        Assert.Equal(File.ReadAllBytes(whole.Curves), File.ReadAllBytes(new ResultFolder(one).Curves));
        Assert.Equal(ofTwo, FolderTests.Snapshot(two));
        // What was there stays as it was, to the byte.
        var after = FolderTests.Snapshot(one);
        Assert.All(ofOne.Where(file => file.Key.StartsWith("segments", StringComparison.Ordinal)),
            file => Assert.Equal(file.Value, after[file.Key]));

        Assert.Equal((0, 12), Merge(one, SyntheticSweep.Plan(), two) is [var again] ? (again.New, again.Known) : default);
        Assert.Equal(after, FolderTests.Snapshot(one));
        Assert.Empty(Leftover.Find(one, History(one), _ => true));
    }

    [Fact]
    public void A_new_folder_takes_all_parts_in_and_a_lost_journal_is_rebuilt_with_them()
    {
        using var temporary = new TemporaryFolder();
        var whole = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("whole"));
        var target = temporary.In("target");
        Merge(target, SyntheticSweep.Plan(First), Train(temporary.In("one"), First), Train(temporary.In("two"), Second));
        Assert.Equal(File.ReadAllBytes(whole.Curves), File.ReadAllBytes(new ResultFolder(target).Curves));
        var before = History(target);

        File.Delete(new ResultFolder(target).Journal);
        using var open = SyntheticSweep.Open(SyntheticSweep.Plan(), target);
        var after = SweepHistory.Fold(open.Journal.History);

        Assert.Equal(24, after.Trials.Count);
        Assert.All(before.Trials, trial => Assert.Equal(
            (trial.Value.Pack, trial.Value.Segment), (after.Trials[trial.Key].Pack, after.Trials[trial.Key].Segment)));
    }

    [Fact]
    public void What_the_journal_says_was_merged_is_put_into_place_by_whoever_opens_the_folder_next()
    {
        using var temporary = new TemporaryFolder();
        var target = Train(temporary.In("one"), First);
        Merge(target, SyntheticSweep.Plan(First), Train(temporary.In("two"), Second));
        var folder = new ResultFolder(target);
        var merged = JournalReader.Read(target).OfType<JournalEntry.Merged>().SelectMany(line => line.Segments).ToList();
        // As after a death between the journal's write and the renames.
        merged.ForEach(segment => File.Move(folder.Segment(segment.Name), folder.Staged(segment.StagedName)));

        var notes = new List<string>();
        SyntheticSweep.Open(SyntheticSweep.Plan(), target, notes).Dispose();

        Assert.Empty(notes);
        Assert.All(merged, segment => Assert.True(File.Exists(folder.Segment(segment.Name))));
        Assert.Equal(24, MissingSegments.Subtract(target, JournalReader.Read(target)).Trials.Count);
    }

    [Fact]
    public void Copies_of_which_the_journal_says_nothing_go_when_the_folder_is_opened()
    {
        using var temporary = new TemporaryFolder();
        var target = Train(temporary.In("one"), First);
        File.WriteAllText(new ResultFolder(target).Staged("a1b2c3d4-7+0f1e2d3c-0.merged.parquet"), "half of it");
        SyntheticSweep.Open(SyntheticSweep.Plan(First), target).Dispose();
        Assert.Empty(Directory.EnumerateFiles(new ResultFolder(target).Staging));
    }

    [Fact]
    public void A_trial_with_other_rows_is_refused_and_nothing_is_merged()
    {
        using var temporary = new TemporaryFolder();
        var target = Train(temporary.In("one"), First);
        var before = FolderTests.Snapshot(target);
        var longer = Train(
            temporary.In("longer"), First.Replace("[0, 10, 20, 40], metrics", "[0, 10, 20, 30, 40], metrics", StringComparison.Ordinal));
        var shorter = Train(temporary.In("shorter"), First, trial => trial.Seed == 1 ? 20 : null);

        var good = Train(temporary.In("good"), Second);
        Assert.Contains("different numbers, measured alike", Refused(shorter), StringComparison.Ordinal);
        Assert.Contains("measured otherwise", Refused(longer), StringComparison.Ordinal);
        Assert.Equal(before, FolderTests.Snapshot(target));

        string Refused(string source)
        {
            var refused = Assert.Throws<SweepException>(() => Merge(target, SyntheticSweep.Plan(First), good, source));
            Assert.Equal(ExitCode.Preflight, refused.ExitCode);
            return refused.Message;
        }
    }

    [Fact]
    public void Numbers_of_another_kind_or_of_an_unknown_one_are_refused_unless_they_may_be_mixed()
    {
        using var temporary = new TemporaryFolder();
        var target = Train(temporary.In("one"), First);
        var other = Train(temporary.In("other"), Second, numerics: OtherNumerics);
        var unknown = Train(temporary.In("unknown"), Second, numerics: null);
        var before = FolderTests.Snapshot(target);

        var refused = Assert.Throws<SweepException>(() => Merge(target, SyntheticSweep.Plan(First), other));
        Assert.EndsWith(": cuda NVIDIA H100 / cpu avx2", refused.Message, StringComparison.Ordinal);
        Assert.Contains(OtherNumerics, refused.Place, StringComparison.Ordinal);
        Assert.Contains("does not say", Assert.Throws<SweepException>(() => Merge(target, SyntheticSweep.Plan(First), unknown)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, FolderTests.Snapshot(target));

        Merge(target, SyntheticSweep.Plan(First), isMixed: true, other);
        Assert.Equal([Numerics, OtherNumerics], History(target).Numerics);
    }

    [Fact]
    public void Rows_of_another_version_of_the_experiment_are_refused()
    {
        using var temporary = new TemporaryFolder();
        var later = SweepPlan.Create(SweepFile.Parse(First, "synthetic.yaml", SweepOverrides.None), new Later());
        var refused = Assert.Throws<SweepException>(
            () => MergeAs(later, temporary.In("target"), later, false, Train(temporary.In("two"), Second)));
        Assert.Contains("synthetic@1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("synthetic@2", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(new ResultFolder(temporary.In("target")).Staging));
    }

    [Fact]
    public void A_damaged_segment_is_refused_by_name()
    {
        using var temporary = new TemporaryFolder();
        var source = Train(temporary.In("two"), Second);
        var damaged = Directory.EnumerateFiles(new ResultFolder(source).Segments).Order().Last();
        SegmentTests.Damage(damaged);
        var target = Train(temporary.In("one"), First);
        var before = FolderTests.Snapshot(target);
        Assert.Equal(damaged, Assert.Throws<SweepException>(() => Merge(target, SyntheticSweep.Plan(First), source)).Place);
        Assert.Equal(before, FolderTests.Snapshot(target));
    }

    [Fact]
    public void A_failed_trial_is_failed_in_the_target_unless_it_has_its_rows()
    {
        using var temporary = new TemporaryFolder();
        var whole = SyntheticSweep.Plan();
        var target = Train(temporary.In("one"), First);
        var source = temporary.In("two");
        ImmutableArray<TrialId> all = [.. Enumerable.Range(0, (int)whole.TrialCount).Select(index => whole.TrialAt(index).Id)];
        using (var folder = SyntheticSweep.Open(whole, source))
        {
            folder.Journal.Append(
                new JournalEntry.Planned(whole.Hash, whole.ResolvedText, whole.TrialCount, whole.Packs, DateTimeOffset.UnixEpoch),
                new JournalEntry.PackFailed(whole.Packs[0].Id, all, FailureKind.Error, "it threw", DateTimeOffset.UnixEpoch));
        }

        Assert.Equal((0, 12), Merge(target, SyntheticSweep.Plan(First), source) is [var part] ? (part.New, part.Failed) : default);

        var history = History(target);
        Assert.Equal(12, all.Count(history.HasFailed));
        Assert.Equal(12, history.Trials.Values.Count(trial => trial.Segment is not null));
        Assert.All(history.Trials.Values.Where(trial => trial.Segment is null), trial => Assert.Equal("it threw", trial.Failure));
    }

    [Fact]
    public void Two_plans_have_a_union_where_they_differ_in_seeds_or_in_the_values_of_one_hyperparameter()
    {
        SweepPlan? Union(string one, string other) =>
            SweepUnion.Of(SyntheticSweep.Plan(one), SyntheticSweep.Plan(other), SyntheticSweep.Catalog);
        string With(string noise, string seeds = "4") => SyntheticSweep.Yaml
            .Replace("noise: [0, 0.5, 1]", noise, StringComparison.Ordinal)
                .Replace("seeds: 4", $"seeds: {seeds}", StringComparison.Ordinal);

        var whole = SyntheticSweep.Plan().Hash;
        Assert.Equal(whole, Union(First, Second)!.Hash);
        Assert.Equal(whole, Union(Second, First)!.Hash);
        Assert.Equal(whole, Union(With("noise: [0, 1]"), With("noise: [0.5]"))!.Hash);
        Assert.Equal(whole, Union(First, SyntheticSweep.Yaml)!.Hash);
        Assert.Equal(whole, Union(SyntheticSweep.Yaml, With("noise: [1]", "2"))!.Hash);
        // All values with all seeds would be more than what the two have.
        Assert.Null(Union(With("noise: [0, 1]", "0..1"), With("noise: [0.5]", "2..3")));
    }

    private static string Train(string path, string yaml, Func<Trial, long?>? divergesAt = null, string? numerics = Numerics)
    {
        var plan = SyntheticSweep.Plan(yaml);
        using var folder = SyntheticSweep.Open(plan, path);
        if (numerics is not null)
        {
            folder.Journal.Append(new JournalEntry.NumericsFrozen(numerics));
        }

        SyntheticSweep.Train(plan, folder, divergesAt);
        return path;
    }

    private static ImmutableArray<MergedPart> Merge(string target, SweepPlan plan, params string[] sources) =>
        Merge(target, plan, false, sources);

    private static ImmutableArray<MergedPart> Merge(string target, SweepPlan plan, bool isMixed, params string[] sources) =>
        MergeAs(SyntheticSweep.Plan(), target, plan, isMixed, sources);

    private static ImmutableArray<MergedPart> MergeAs(SweepPlan union, string target, SweepPlan plan, bool isMixed, params string[] sources)
    {
        ImmutableArray<MergedPart> parts;
        using (var folder = SyntheticSweep.Open(plan, target))
        {
            parts = new FolderMerge(folder, target, union, isMixed, DateTimeOffset.UnixEpoch)
                .Run([.. sources.Select(source => new MergeSource(source, JournalReader.Read(source), History(source)))]);
        }

        using (var folder = SyntheticSweep.Open(union, target))
        {
            folder.Derive(union, SweepHistory.Fold(folder.Journal.History));
        }

        return parts;
    }

    private static SweepHistory History(string path) => SweepHistory.Fold(JournalReader.Read(path));

    private sealed class Later : IExperimentCatalog
    {
        public ImmutableArray<ExperimentDeclaration> All { get; } = [new ExperimentDeclaration(
            SyntheticSweep.Experiment.Name, 2, "", SyntheticSweep.Experiment.Hyperparameters, SyntheticSweep.Experiment.Streams,
            SyntheticSweep.Experiment.Metrics)];
    }
}
