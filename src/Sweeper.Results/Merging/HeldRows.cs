using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Merging;

/// <summary>The committed trials of a target and of the sources that were looked at so far, and where their rows stand.</summary>
internal sealed class HeldRows
{
    private readonly Dictionary<TrialId, (string Path, SegmentRecord Segment)> places = [];
    private readonly Dictionary<(string Path, string Segment), IReadOnlyDictionary<TrialId, string>> digests = [];

    /// <summary>Whether a trial has rows.</summary>
    public bool Has(TrialId trial) => places.ContainsKey(trial);

    /// <summary>Adds the trials of a folder that are not held yet.</summary>
    public void Add(string path, SegmentRecord segment, IEnumerable<TrialId> trials)
    {
        foreach (var trial in trials)
        {
            places.TryAdd(trial, (path, segment));
        }
    }

    /// <summary>
    /// Throws <see cref="SweepException"/> (preflight) when the rows of a held trial are not those of this segment, to the bit.
    /// </summary>
    public void Compare(string path, SegmentRecord segment, TrialId trial)
    {
        var held = places[trial];
        if (held.Segment.Files.Select(file => file.Sha256).SequenceEqual(segment.Files.Select(file => file.Sha256)))
        {
            return;
        }

        if (DigestOf(held.Path, held.Segment, trial) == DigestOf(path, segment, trial))
        {
            return;
        }

        throw held.Segment.Content.Schedule.Equals(segment.Content.Schedule)
            ? new SweepException(
                ExitCode.Preflight, $"trial {trial} stands in {held.Path} and in {path} with different numbers, measured alike",
                "Nothing was merged. `sweeper rerun` in either folder tells which of them is right; the segment of the other one can be "
                + "deleted there, and `sweeper run` trains its trials again.", Place(path, segment))
            : new SweepException(
                ExitCode.Preflight, $"trial {trial} was measured otherwise in {held.Path} than in {path}: other steps or other metrics",
                "Nothing was merged. Run one of the two once more with the sweep file of the other, so that both have the same rows.",
                Place(path, segment));
    }

    private static string Place(string path, SegmentRecord segment) => new ResultFolder(path).Segment(segment.File.Name);

    private string? DigestOf(string path, SegmentRecord segment, TrialId trial)
    {
        if (!digests.TryGetValue((path, segment.File.Name), out var known))
        {
            digests[(path, segment.File.Name)] = known = RowDigests.Of(path, segment);
        }

        return known.GetValueOrDefault(trial);
    }
}
