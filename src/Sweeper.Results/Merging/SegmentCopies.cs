using Parquet;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Merging;

/// <summary>Copies of other folders' segments in the staging folder of a target, with their kept weights.</summary>
internal sealed class SegmentCopies(ResultFolder target)
{
    /// <summary>Copies, syncs and checks one. Failpoint: `staging`, when it is written and not synced.</summary>
    /// <param name="source">Where it stands.</param>
    /// <param name="file">What was committed there.</param>
    /// <param name="name">Its name in the target.</param>
    /// <param name="experiment">Name and version that its rows must be of.</param>
    /// <param name="trials">How many trials it has, for people.</param>
    public StagedSegment Stage(ResultFolder source, StagedSegment file, string name, string experiment, int trials)
    {
        var staged = file with { Name = name, StagedName = Path.ChangeExtension(name, ".merged.parquet"), Checkpoint = null };
        SegmentCheck.Verify(source, file, trials);
        CheckExperiment(source.Segment(file.Name), experiment);
        Copy(source.Segment(file.Name), target.Staged(staged.StagedName));
        if (FileHash.Of(target.Staged(staged.StagedName)) != file.Sha256)
        {
            throw new SweepException(
                ExitCode.Preflight, "the copy of a segment is not what was read: it changed meanwhile, or the disk errs",
                "nothing was merged; merge again", source.Segment(file.Name));
        }

        if (File.Exists(source.WeightsOf(file.Name)))
        {
            Copy(source.WeightsOf(file.Name), target.Staged(ResultFolder.WeightsName(staged.StagedName)));
        }

        return staged;
    }

    private static void CheckExperiment(string path, string experiment)
    {
        using var stream = File.OpenRead(path);
        var trained = SegmentMetadata.Read(ParquetReader.CreateAsync(stream).GetAwaiter().GetResult().CustomMetadata).Experiment;
        if (trained != experiment)
        {
            throw new SweepException(
                ExitCode.Preflight, $"these are rows of {trained}, the target's are of {experiment}: another version gives other numbers",
                "Nothing was merged. Rows of an earlier version that the sweep no longer uses go with `sweeper prune --orphans`.", path);
        }
    }

    private static void Copy(string from, string to) => DiskFault.Guard(to, () =>
    {
        using var input = File.OpenRead(from);
        using var output = DurableFile.Create(to);
        input.CopyTo(output);
        Failpoint.Hit("staging");
        DurableFile.Commit(output, to);
    });
}
