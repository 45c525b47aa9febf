using System.Collections.Immutable;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;
using Sweeper.Results.Merging;

namespace Sweeper.Running;

/// <summary>A merge of results folders that belong together.</summary>
/// <param name="Target">The folder that takes the trials in; it need not exist.</param>
/// <param name="TargetPlan">What it is asked for now.</param>
/// <param name="Plan">What it will be asked for.</param>
/// <param name="Sources">Where trials come from.</param>
internal sealed record MergeRun(string Target, SweepPlan TargetPlan, SweepPlan Plan, ImmutableArray<MergeSource> Sources)
{
    /// <summary>
    /// Reads the folders. Throws <see cref="SweepException"/> when one is of another sweep or is being written to, or when it cannot
    /// be told what the target is to be asked for.
    /// </summary>
    /// <param name="target">Path of the target.</param>
    /// <param name="sources">Paths of the sources.</param>
    /// <param name="asked">What the target is to be asked for; null: the union of what they are asked for.</param>
    public static MergeRun Prepare(string target, IReadOnlyList<string> sources, SweepPlan? asked)
    {
        var opened = sources.Select(OpenedFolder.Read).ToList();
        var first = File.Exists(new ResultFolder(target).Journal) ? OpenedFolder.Read(target).Plan : asked ?? opened[0].Plan;
        foreach (var source in opened)
        {
            CheckOwner(source.Plan, first, source.Path);
            CheckRests(source.Path);
        }

        var plan = asked
            ?? opened.Aggregate(first, (union, source) =>
                SweepUnion.Of(union, source.Plan, CompositionRoot.Experiments) ?? throw new SweepException(
            ExitCode.Usage, $"the sweep in {target} and the one here differ in more than seeds or the values of one hyperparameter",
            "Give the sweep file that has the trials of all, with --sweep.", source.Path));
        CheckOwner(plan, first, target);
        return new MergeRun(
            target, first, plan, [.. opened.Select(source => new MergeSource(source.Path, source.Journal, source.History))]);
    }

    /// <summary>Merges, and brings what is derived up to date; <paramref name="note"/> is told what was found amiss and repaired.</summary>
    public ImmutableArray<MergedPart> Execute(bool isMixed, Action<string> note)
    {
        ImmutableArray<MergedPart> parts;
        // As it is asked for now, so that a merge that is refused has changed nothing.
        using (var folder = CompositionRoot.Folders(note).OpenForWriting(TargetPlan, Target))
        {
            parts = new FolderMerge(folder, Target, Plan, isMixed, DateTimeOffset.UtcNow).Run(Sources);
        }

        CompositionRoot.Derive(Plan, Target, note);
        return parts;
    }

    private static void CheckOwner(SweepPlan one, SweepPlan other, string place)
    {
        if (one.Name != other.Name || one.Experiment.Name != other.Experiment.Name)
        {
            throw new SweepException(
                ExitCode.Preflight,
                $"this is sweep '{one.Name}' of experiment '{one.Experiment.Name}', not '{other.Name}' of '{other.Experiment.Name}'",
                "Only folders of one sweep are merged.", place);
        }
    }

    private static void CheckRests(string source)
    {
        if (LockHolder.Read(source) is { } writer and not { IsAlive: false })
        {
            throw new SweepException(
                ExitCode.Preflight, $"process {writer.Process} on {writer.Host} is writing into this folder",
                "Wait for it, or end it: Ctrl-C where `sweeper run` runs, `sweeper cancel` where it was submitted."
                + (writer.IsAlive is null ? $" If it is over, delete {new ResultFolder(source).Epoch(writer.Epoch)}." : ""), source);
        }
    }
}
